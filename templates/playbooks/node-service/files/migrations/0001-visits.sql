create table if not exists visits (count bigint not null);
insert into visits select 0 where not exists (select from visits);
