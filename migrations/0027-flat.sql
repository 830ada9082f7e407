-- What every call to a provider and every minute asks the record costs the same, however long that is.

-- The freezes among all that is about no request.
create index chain_of_freezes on chain (n)
  where request_id = '00000000-0000-0000-0000-000000000000'
    and (body like '%"type":"freeze"%' or body like '%"type":"lift"%' or body like '%"type":"erasure"%');

create index bulks_by_time on bulks (requested_at);
