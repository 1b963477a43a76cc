-- What nobody asks for by SQL (facts, advice, prefetch, timings, the cards' JSON) stands compressed in one column, a tenth of
-- its bytes. Earlier rows keep their texts, and an earlier release goes on writing them. The same file for H2 and PostgreSQL.
alter table decision add column if not exists body bytea;
