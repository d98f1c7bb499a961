/** Security: who somebody is, what they may do, what is kept from others, and how it is attacked. */
export const SECURITY = `
security, secure, safe from attack, safety, protect, protection ~ vulnerability, attack, hardening, audit, threat
insecure, unsafe, not safe, unprotected, security problem, dangerous ~ vulnerability, exploit, http
vulnerability, security hole, weakness, security flaw, exploitable, known vulnerability ~ cve, dependabot, npm audit, snyk, advisory, exploit, owasp
security advisory, cve, security alert, security warning ~ dependabot, npm audit, disclosure, patch
attack, exploit, hack, hacker, attacker, malicious, bad guys, intruder, break in ~ injection, xss, brute force, payload
security audit, penetration test, security review, pentest, security scan ~ codeql, semgrep, snyk, owasp
hardening, harden, lock down, make secure, tighten ~ security, sandbox, csp, least privilege
authentication, login, log in, sign in, logon, prove identity, who you are, authn ~ oauth, sso, password, session, token, saml, jwt
cannot log in, login fails, can't sign in, login broken, locked out ~ password, session, 401, cookie, account
log out, logout, sign out, signed out, logged out, kicked out ~ session, expired, token, cookie
sign up, register, registration, create account, new account, join ~ onboarding, email verification, captcha
account, user account, profile, user profile ~ login, registration, deactivate, settings
delete account, close account, remove user, deactivate, erase my data ~ gdpr, anonymize, privacy
session, logged in state, stay logged in, remember me, login lasts ~ cookie, token, expire, jwt, refresh token
token, access token, api token, personal access token, bearer ~ jwt, expire, refresh, scope, secret
jwt, json web token, signed token ~ expire, claim, refresh, session
api key, access key, key for service ~ secret, token, environment variable, rotate
single sign on, sso, one login, company login, saml ~ oauth, oidc, ldap, okta, active directory, keycloak
oauth, openid, oidc, social login, login with google, third party login ~ token, redirect uri, scope, pkce, github login
ldap, active directory, company directory ~ sso, group, authentication
password, passphrase, pass word, login secret, credentials, credential ~ hash, bcrypt, reset, strength, keychain
forgot password, password reset, forgotten password, reset password, change password ~ email, token, link
two factor, 2fa, mfa, second factor, one time code, otp, multi factor ~ totp, authenticator, sms, backup code
passkey, passwordless, security key, webauthn, fingerprint login, magic link ~ fido, biometric, face id
brute force, guess passwords, repeated login attempts, credential stuffing ~ lockout, rate limit, captcha
captcha, are you human, robot check, bot protection ~ recaptcha, spam, hcaptcha
authorization, permission, access control, who may, who can, allowed to, access rights ~ role, acl, rbac, scope, policy, 403
role, user role, kind of user, admin or user ~ rbac, permission, admin, group
admin, administrator, superuser, operator, moderator ~ role, privilege, dashboard
privilege, privileges, rights, least privilege, too many rights ~ escalation, root, sudo, scope
privilege escalation, gain rights, become admin, see others data ~ idor, bypass, access control, tenant
access, get in ~ permission, login, unauthorized
unauthorized, unauthenticated, without permission, without login, not logged in ~ 401, 403, access control
restrict, limit access, lock out, only certain people, forbid ~ permission, allowlist, private
allowlist, whitelist, allow list, permitted list ~ denylist, block list, filter
denylist, blacklist, block list, banned, ban, block user ~ allowlist, abuse, spam
private, not public, secret from others, confidential, hidden from others, internal ~ visibility, permission, privacy
public, visible to all, anyone can see, everybody sees, publicly ~ private, visibility, share
visibility, who can see, visible for ~ private, public, permission, share
share, give access, invite, pass on, shared with ~ permission, link, collaborator, team
invite, invitation, add member, add people, ask to join ~ email, team, role, accept
multi tenant, tenant, several customers, organisation, workspace per customer ~ isolation, organization, subdomain
secret, secrets, sensitive data, password in code, confidential data ~ vault, leak, environment variable, gitleaks, api key, dotenv
leak secret, leaked password, expose, exposed, exposure, disclose, credentials in log ~ redact, gitleaks, log, git history
redact, mask, hide sensitive, blank out, obscure, black out ~ log, secret, anonymize, privacy
secret manager, vault, key store, keychain, password manager, keyring ~ hashicorp, aws secrets, 1password, credential helper
rotate key, key rotation, renew token, replace secret ~ expire, secret, certificate
encrypt, encryption, encrypted, scramble, unreadable for others ~ aes, tls, key, decrypt, e2ee, at rest
decrypt, decryption, make readable again, unlock ~ key, encryption
cryptography, crypto, cipher, cryptographic ~ aes, rsa, ed25519, openssl, hash, random
hash password, password hashing, hashed, salted ~ bcrypt, argon2, scrypt, sha256
signature, digital signature, signed, verify signature, sign ~ gpg, hmac, ed25519, sigstore, cosign
private key, public key, key pair, ssh key, encryption key ~ pem, gpg, ed25519, rsa, certificate
injection, inject, smuggle in, run as code, untrusted input ~ sql injection, command injection, xss, escape, sanitize
sql injection, sqli, query from input ~ parameterized, prepared statement, escape
command injection, shell injection, run arbitrary command, remote code execution, arbitrary code, rce ~ eval, exec, quoting, shell
xss, cross site scripting, script injection, malicious script, html injection ~ sanitize, escape, csp, innerhtml, dompurify
csrf, forged request, request forgery ~ token, same site, cookie
content security policy, csp, inline script blocked, security header ~ nonce, hsts, xss, header
ssrf, request forgery, fetch internal address ~ url, metadata, allowlist
path traversal, directory traversal, escape folder, outside folder, zip slip ~ dot dot, symlink, sanitize
prototype pollution, unsafe deserialization, pickle ~ json, merge, eval
regex denial, redos, catastrophic backtracking ~ regex, timeout, denial of service
denial of service, dos, ddos, bring down server, flood with requests ~ rate limit, resource exhaustion, limit
supply chain, malicious package, compromised dependency, tampered package ~ lock file, provenance, sbom, typosquatting, checksum, sigstore
sbom, bill of materials, list of components ~ cyclonedx, spdx, license, supply chain
sandbox, isolate, isolation, jail, run untrusted, confine ~ seccomp, container, vm, permission, wasm
trust, trusted, trustworthy, untrusted ~ signature, certificate, permission
tamper, manipulate, forge, spoof, impersonate, fake identity ~ signature, integrity, audit log
audit log, audit trail, who did what, record of actions, activity log, traceability ~ history, compliance, event log
privacy, personal data, private data, user data, pii, personal information ~ gdpr, consent, anonymize, telemetry, tracking
gdpr, data protection, privacy law, compliance ~ consent, cookie banner, right to erasure, hipaa, ccpa, soc 2
consent, cookie banner, opt in, agree to terms, permission to track ~ gdpr, opt out, cookie
telemetry, usage tracking, phone home, usage data, tracking, usage statistics, collect data about ~ analytics, opt out, privacy, google analytics
opt out, turn off tracking, do not track, decline ~ telemetry, consent, disable
anonymize, anonymous, without name, pseudonymize, nameless ~ privacy, gdpr, guest
spam, abuse, junk, unwanted messages, bots ~ captcha, moderation, filter, block
moderation, report abuse, offensive, inappropriate content ~ ban, spam, flag
responsible disclosure, report vulnerability, bug bounty, security policy ~ security.md, cve, embargo
`
