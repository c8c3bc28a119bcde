/**
 * The most common passwords of published leaks, in lower case. Words also refuse what only adds digits and marks to
 * them: `password` refuses `Password2024!`.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  0000000000 00000000000 000000000000 0011223344 0101010101 0102030405 0123456789 01234567890 0123456789a 0987654321
  09876543210 1010101010 1020304050 1111111111 11111111111 111111111111 1111122222 1112223333 1122334455 112233445566
  1212121212 121212121212 1223334444 123123123123 1231231234 123321123321 1234512345 12345543211 1234567654321 1234567887654321
  1234567890 12345678900 12345678901 123456789012 1234567890123 1234567890a 1234567890q 1234567891 12345678910 123456789123
  123456789a 123456789abc 123456789q 123456789qwe 123456789z 1234567899 123456abcdef 123456qwerty 1234qwer1234 1234qwerasdf
  1234rewq4321 123654789 123654987 123698745 1236987450 123abc123abc 123qwe123qwe 123qweasdzxc 1313131313 1357924680
  135792468 147258369 1472583690 147852369 1478523690 159357159357 159753159753 192837465 1928374650 1a2b3c4d5e
  1a2s3d4f5g 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz1qaz1qaz 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qazxsw2
  2020202020 2222222222 222222222222 2468013579 2580258025 3141592653 3141592654 3333333333 333333333333 3692581470
  4321432143 4444444444 444444444444 5432112345 5555555555 555555555555 5555566666 6666666666 666666666666 6543210987
  7777777777 777777777777 7788990011 7894561230 789456123 8888888888 888888888888 9638527410 9876543210 98765432100
  987654321a 987654321q 9999999999 999999999999 a1b2c3d4e5 a1b2c3d4e5f6 a1s2d3f4g5 aaaaaaaaaa aaaaaaaaaaaa aa123456789
  a123456789 a1234567890 abc123456789 abc123abc123 abcd123456 abcd1234abcd abcde12345 abcdefghij abcdefghijk abcdefghijkl
  abcdefghijklmnopqrstuvwxyz access administrator adminadmin admin123admin aezakmi aeiouaeiou america anthony arsenal asdasdasdasd asdfasdfasdf
  asdfghjkl asdfghjklm asdfghjkl; asdfjkl;asdfjkl; asdfqwer1234 asdqwe123 asdzxc123 august autumn azertyuiop babygirl barcelona
  baseball basketball batman beautiful benjamin bestfriend blink182blink182 bonjour broncos business butterfly caroline celticfc
  changeit changeme changemenow changeme123changeme charlie chelsea chester chocolate christian christmas christopher classified computer
  consumer cookie counterstrike cowboys cristiano danielle december default defaultpassword demodemo demopassword diamond dolphin
  dragon dragonball elephant elizabeth emmanuel everything facebook fantasy february ferrari football forever
  freedom friends friendship gabriel galatasaray gateway giovanni goodluck google graduate guestguest harrypotter
  hellohello helloworld hollywood hello hunter iloveyou iloveyouforever iloveyousomuch imissyou informatica internet isabella
  january jessica jordan july juventus kathleen killer knight lasvegas letmein letmeinnow letmeinplease
  liverpool liverpoolfc login loginlogin lovelove loveyou lovelylovely manchester manchesterunited mariposa marlboro
  maverick mercedes metallica michael michelle microsoft midnight minecraft monday monkey motherfucker mustang
  mynameis mypassword mypasswordis mysecret myspace naruto nathaniel newpassword newyork newyorkcity nicholas
  nintendo november october onelove onepiece opensesame orange p@$$w0rd p@ssw0rd p@ssword pa$$w0rd
  pass passpass passpasspass passw0rd password passwordpassword password1password passwort passwort1 patricia patriots
  peterpan playstation please pokemon porsche precious princess purple qazqazqaz qazwsx qazwsxedc
  qazwsxedcrfv qazwsxedcrfvtgb qazxswedc qazxswedcvfr qqqqqqqqqq q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7 qwaszx qwaszxqwaszx qweasd qweasdzxc
  qweasdqweasd qweqweqwe qweqweqweqwe qwer1234 qwerasdf qwerasdfzxcv qwerqwer qwertasdfg qwertqwert qwerty qwertyqwerty
  qwertyui qwertyuiop qwertyuiop[] qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertz qwertzuiop rainbow rangers realmadrid
  remember ronaldo rootroot samantha samsung saturday scorpion secret secretpassword secretsecret security september
  serenity shadow silver slipknot snoopy softball somethingelse spiderman spring starwars stephanie
  strawberry summer summertime sunday sunflower sunshine superman supersecret superstar supervisor sweetheart
  sysadmin systemadmin temppass temppassword temporary terminator testtest testtesttest testpassword thankyou thomas
  thursday thuglife tinkerbell tottenham trustno1 trustnobody tuesday undertaker universal university valentina
  vacation vanessa victoria volkswagen warcraft wednesday welcome welcomehome welcometo whatever whoknows william
  windows winter wonderful worldofwarcraft xxxxxxxxxx yankees yourpassword yourmom zaq12wsx zaq12wsxcde3 zaq1xsw2cde3
  zxcasdqwe zxcvbn zxcvbnm zxcvbnmasdfghjkl zxczxczxc zxcvbnm,./ zzzzzzzzzz
  `
    .trim()
    .split(/\s+/),
)
