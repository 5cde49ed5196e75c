-- How object storage is reached. The keys are those of the environment, or empty.
-- Grain: one secret. Reads: $key_id, $key, $token, $region, $endpoint, $url_style, $use_ssl.

-- noqa: disable=PRS

create or replace temporary secret lake_keys (
    type s3,
    provider config,
    key_id $key_id,
    secret $key,
    session_token $token,
    region $region,
    endpoint $endpoint,
    url_style $url_style,
    use_ssl $use_ssl
);
