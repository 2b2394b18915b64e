"""A LINE bot with nothing but Python: says back what it hears, and greets by name.

    CHANNEL_SECRET=my-secret CHANNEL_ACCESS_TOKEN=my-token LINE_API=http://127.0.0.1:9101 python3 echo-bot.py 4000
"""

import base64, hashlib, hmac, json, os, sys, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["CHANNEL_SECRET"].encode()
TOKEN = os.environ["CHANNEL_ACCESS_TOKEN"]
API = os.environ.get("LINE_API", "https://api.line.me")


def call(path, body=None):
    request = urllib.request.Request(API + path, headers={"Authorization": "Bearer " + TOKEN})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


def answer_to(event):
    if event["type"] == "follow":
        name = call("/v2/bot/profile/" + event["source"]["userId"])["displayName"]
        return name + "さん、はじめまして！"
    if event["type"] == "message" and event["message"]["type"] == "text":
        return event["message"]["text"]


class Bot(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        expected = base64.b64encode(hmac.new(SECRET, body, hashlib.sha256).digest()).decode()
        is_genuine = hmac.compare_digest(expected, self.headers.get("x-line-signature", ""))
        self.send_response(200 if is_genuine else 401)
        self.end_headers()
        for event in json.loads(body)["events"] if is_genuine else []:
            text = answer_to(event)
            if text and event["mode"] == "active":
                message = {"type": "text", "text": text}
                call("/v2/bot/message/reply", {"replyToken": event["replyToken"], "messages": [message]})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Bot)
print(f"listening http://127.0.0.1:{server.server_port}/callback", flush=True)
server.serve_forever()
