-- Who asks for points names the customer by a link, behind which a look is recorded; the name stood in the request for ever.
update four_eyes_request set payload = payload - 'customer' where kind = 'points.goodwill';
