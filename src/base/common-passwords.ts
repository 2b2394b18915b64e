/**
 * Passwords that stand on every list of leaked ones and are long enough to pass for length. Folded: lower case.
 * Shorter ones fail by their length; repetitions and runs are found by rule.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 password12345 passw0rd p@ssw0rd p@ssword pass1234 passpass
  passwordpassword mypassword thepassword iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football
  football1 baseball baseball1 basketball superman superman1 batman123 starwars starwars1 pokemon123 pikachu123
  dragon123 monkey123 michael1 jennifer michelle computer computer1 internet samsung1 samsung123 whatever trustno1
  letmein1 letmein123 welcome1 welcome123 welcome1234 admin123 admin1234 administrator changeme changeme123
  qwertyuiop qwerty123 qwerty1234 qwerty12345 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc qazwsxedc zaq12wsx q1w2e3r4
  q1w2e3r4t5 asdfghjkl asdfasdf zxcvbnm1 zxcvbnm123 abcd1234 abc12345 abc123456 a1b2c3d4 a123456789 asdf1234
  11112222 12341234 123123123 123321123 147258369 159753159 987654321 9876543210 1234qwer 123qweasd 12qwaszx
  correcthorsebatterystaple thisismypassword mysecretpassword youcantguessme letmeinletmein qwertyqwerty1
  sakura123 sakurasakura tokyo2020 tokyo2020tokyo nihonjin japan1234 arashi123 doraemon doraemon1 totoro123
  linemobile linemobile1 mobile1234 keitai1234 himitsu123 aishiteru aishiteru1 yamada123 tanaka123 suzuki123 satou123
  1234567890abcde abcdefghijklmno 123456789012345 1234567890123456 qwertyuiopasdfg qwertyuiop12345 111111111111111`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
