"""HTTP requests to the site, polite and bounded: client, rate limit, robots.txt, replay."""
