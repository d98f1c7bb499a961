/** Networks, servers, the web and what is sent over them. */
export const NETWORK = `
network, internet, connection, wifi, online ~ tcp, socket, dns, proxy, latency
connect, connection, reach, get through, contact server ~ socket, handshake, timeout, connection refused
connection lost, disconnect, dropped connection, connection drops, cut off, connection reset ~ reconnect, econnreset, keepalive, websocket
connection refused, cannot connect, can't connect, unable to connect, unreachable ~ econnrefused, port, firewall, host
reconnect, connect again, come back online, restore connection ~ websocket, retry, backoff, disconnect
offline, without internet, no connection, no internet, disconnected, airplane mode ~ offline first, cache, service worker, sync, queue
slow connection, bad network, poor connection, flaky network, weak signal ~ latency, timeout, retry, bandwidth
bandwidth, data usage, network traffic, how much transferred ~ compress, throttle, latency
server, back end, backend, host, machine ~ service, http server, nginx, api, daemon
client, front end, consumer ~ sdk, api client, browser, http client
web server, http server ~ nginx, apache, caddy, express, iis
back end framework, web framework ~ express, django, rails, spring, laravel, fastapi, flask, nestjs
localhost, own machine, local server, my computer, loopback ~ port, 127.0.0.1, dev server
dev server, development server, local server, run locally ~ vite, webpack, localhost, hot reload, proxy
host, hostname, domain, domain name, site address, server name ~ dns, url, subdomain, virtual host
dns, name resolution, resolve host, domain lookup ~ nameserver, hostname, cname, enotfound
ip address, ip, network address ~ ipv4, ipv6, cidr, localhost
ipv6, ipv4, dual stack ~ ip address, localhost, bind
port, port number, listen, bind, port in use, port taken, address in use ~ eaddrinuse, localhost, firewall, socket
socket, tcp, udp, raw connection ~ port, unix socket, keepalive, websocket
websocket, web socket, live connection, two way connection ~ reconnect, socket.io, real time, sse, ping
server sent events, sse, event stream, push from server ~ websocket, streaming, long polling
polling, poll, ask repeatedly, check repeatedly, keep asking ~ interval, long polling, webhook, watch
url, link, web address, address, uri, hyperlink, href ~ query string, path, permalink, slug, encode
link, hyperlink, clickable, anchor, jump to ~ url, broken link, href, osc 8
broken link, dead link, link leads nowhere, link not working, link rot ~ 404, redirect, link checker
permalink, permanent link, shareable link, share link, link to specific, deep link ~ url, anchor, slug, route
query string, url parameter, query parameter, after question mark ~ url, encode, filter
url encoding, percent encoding, percent 20, encode url ~ escape, query string, utf-8
redirect, forward to, sent to another, moved permanently, bounce to ~ 301, 302, location, login
http, web request, http request ~ https, header, status code, get, post, rest
https, tls, ssl, encrypted connection, secure connection, padlock ~ certificate, handshake, self signed, ca
certificate, cert, tls certificate, ssl certificate ~ expired, let's encrypt, ca, self signed, x509, chain
http header, header, request header, response header ~ content type, authorization, cors, cache control
http status, status code, response code ~ 404, 500, 403, 429, 503, 200
404, page not found, not found page ~ route, broken link, status code
500, internal server error, server error, server side error ~ exception, crash, 502, bad gateway
502, bad gateway, gateway timeout, 503, 504 ~ proxy, load balancer, nginx, unavailable
403, forbidden, 401, unauthorized, not authorized ~ permission, login, token, access
429, rate limit, too many requests, throttled, rate limited, request limit ~ quota, backoff, throttle, abuse
request, call, query to server, ask server ~ http, response, fetch, endpoint
response, answer, reply, server answer ~ status code, body, request
payload, request body, message body, what is sent ~ json, form data, size limit
api, programming interface, interface for programs, application interface ~ endpoint, rest, graphql, sdk, openapi, public api
endpoint, api route, api call, url of api, resource ~ rest, handler, controller, http
rest, restful, rest api ~ http, openapi, json, crud
graphql, graph query ~ resolver, schema, apollo, mutation, query
rpc, remote call, grpc, remote procedure call ~ protobuf, json rpc, service
openapi, swagger, api description, api spec ~ schema, generated client, rest
sdk, client library, api wrapper, api client ~ binding, library, package
webhook, callback url, notify url, tell other service, push to url ~ http, event, signature, integration
fetch, get data, retrieve, obtain, load from server ~ http, ajax, axios, request, download
download, get file, fetch file, save from internet ~ resume, progress, mirror, curl, wget, checksum
upload, send file, put file, transfer to server, send to server ~ multipart, progress, size limit, attachment, s3
resume download, continue download, interrupted download, partial download ~ range request, retry, checksum
proxy, corporate network, behind firewall, company network, intermediary ~ http_proxy, reverse proxy, firewall, vpn
reverse proxy, load balancer, gateway, front proxy ~ nginx, traefik, haproxy, caddy, envoy, x-forwarded
firewall, blocked network, network blocked, blocked by company ~ port, proxy, security group, iptables
vpn, private network, tunnel, wireguard ~ network, tailscale, proxy, openvpn
cors, cross origin, cross site request, other domain, origin blocked ~ preflight, header, same origin, browser
cookie, cookies, stored by site ~ session, same site, consent, tracking, gdpr
cdn, content delivery, edge network, static hosting ~ cloudflare, cache, fastly, assets, cloudfront
hosting, host website, where site runs, web hosting ~ vercel, netlify, heroku, github pages, cloud
static site, website, web site, homepage, landing page ~ hugo, jekyll, docusaurus, astro, gatsby
web app, web application, single page app, spa ~ react, vue, pwa, router
pwa, progressive web app, install website, home screen ~ service worker, manifest, offline
service, microservice, small service ~ api, kubernetes, container, service mesh
protocol, wire format, how they talk, communication ~ http, tcp, mqtt, grpc, handshake
mqtt, iot, smart home, device, sensor ~ bluetooth, zigbee, home assistant, firmware
bluetooth, ble, wireless device, pair ~ device, wifi, nfc
serial port, usb, hardware, com port ~ driver, device, firmware, arduino
crawler, scraper, scrape, reads websites, web crawling, spider ~ robots.txt, html, puppeteer, rate limit
rss, feed, atom feed, news feed, subscribe to site ~ xml, podcast, syndication
seo, search ranking, found by google, google search ~ sitemap, meta tag, robots.txt, open graph
link preview, preview card, open graph, social preview ~ meta tag, image, unfurl
webrtc, video call, peer connection, voice call ~ stun, turn, media, signaling
keepalive, heartbeat, ping, still alive, health check ~ timeout, liveness, connection
mirror, alternative server, copy of server ~ registry, download, failover
`
