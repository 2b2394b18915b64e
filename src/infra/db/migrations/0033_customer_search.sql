-- Finding a customer by what somebody says on the phone: names and readings compared without width, blanks, letter case
-- and hiragana or katakana. One function folds both what is stored and what is typed.
create function fold_name(given text) returns text language sql immutable strict parallel safe
  return translate(
    lower(regexp_replace(normalize(given, NFKC), '\s', '', 'g')),
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔ',
    'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴ');

-- Collation "C": a prefix is then a range of the index.
alter table contractor
  add column name_folded text collate "C" not null generated always as (fold_name(name)) stored,
  add column kana_folded text collate "C" generated always as (fold_name(kana)) stored;
create index contractor_by_folded_name on contractor (name_folded, contractor_id);
create index contractor_by_folded_kana on contractor (kana_folded);
create index contractor_by_login_prefix on contractor (login_id collate "C");

alter table subscription
  add column user_name_folded text collate "C" generated always as (fold_name(user_name)) stored;
create index subscription_by_folded_user on subscription (user_name_folded) where user_name_folded is not null;

-- By the person's name on LINE, who mostly writes from there.
alter table line_account
  add column display_name_folded text collate "C" generated always as (fold_name(display_name)) stored;
create index line_account_by_folded_name on line_account (display_name_folded) where display_name_folded is not null;
