/** Configuring, running, watching and mending what is in use; clouds, logs, metrics and incidents. */
export const OPERATIONS = `
configuration, config, setting, preference, option, customize, configure, settings ~ dotfile, rc file, environment variable, toml, yaml, xdg
configurable, make adjustable, let user choose, user can set, customizable, option to change ~ setting, flag, option
config file, settings file, configuration file, rc file, dotfile ~ toml, yaml, json, ini, xdg, dotenv
config location, where settings are, xdg, config directory ~ home directory, appdata, dotfile
invalid config, wrong setting, bad configuration, typo in config, misconfigured, misconfiguration ~ schema, validation, unknown key
global setting, user setting, per user, for all projects ~ local, project setting, precedence
project setting, per project, only this project, local config, per repository ~ global, override, precedence
override, overrule, take precedence, wins over, stronger than ~ default, precedence, environment variable
precedence, which wins, order of settings, who wins ~ override, default, inherit
inherit, taken from parent, extends, inheritance ~ override, base, class
environment variable, env var, dotenv, env file, variables from environment ~ secret, config, export
feature flag, feature toggle, switch feature on, feature switch, hide feature behind ~ launchdarkly, rollout, experiment, config
enable, turn on, switch on, activate, allow ~ flag, toggle, opt in
disable, turn off, switch off, deactivate, opt out ~ flag, toggle, skip
init, initialize, set up project, first time setup, initialise, prepare ~ scaffold, bootstrap, wizard, config
environment, surroundings, system setup ~ production, staging, development, env
production, live system, prod, real users, live ~ deploy, staging, outage
staging, test environment, test system, preview environment, preproduction ~ deploy, production, preview deploy
preview deployment, preview link, preview environment, deploy per branch ~ vercel, netlify, pull request
log, logging, log file, record what happens, record events, logged ~ log level, stdout, syslog, structured log, logger
log level, how much logged, less logging, more logging, verbosity ~ debug, verbose, quiet, warn
structured log, json log, searchable logs ~ elk, loki, logger, field
logger, logging library ~ winston, pino, log4j, slf4j, tracing
view logs, read logs, tail logs, follow logs, log viewer ~ tail, kibana, loki, stream
monitoring, monitor, keep eye on, supervise, observe, observability ~ prometheus, grafana, datadog, alert, metrics, sentry, uptime
metrics, measure, measurement, measured values, figures, kpi ~ prometheus, gauge, counter, histogram, statsd, dashboard
tracing, distributed tracing, follow request, trace ~ opentelemetry, jaeger, span, correlation id
error tracking, crash report, crash reporting, collect errors ~ sentry, bugsnag, rollbar, stack trace
alert, alarm, warn someone, page someone, wake up, get warned ~ pagerduty, threshold, on call, notification
incident, outage, production down, emergency, service interruption ~ postmortem, on call, rollback, status page
postmortem, what went wrong, root cause, incident review, cause analysis ~ incident, report
root cause, underlying reason, real reason, why it happened, cause, reason ~ debug, postmortem, bisect
downtime, unavailable, site down, is down, maintenance window, down ~ outage, zero downtime, status page
uptime, availability, always reachable, high availability, reliability, reliable ~ sla, failover, health check
status page, is it down, service status ~ uptime, incident
health check, is alive, alive, self check, readiness, liveness probe, healthy ~ kubernetes, ping, endpoint, doctor
self diagnosis, doctor, diagnose setup, check installation, check environment ~ health check, troubleshooting, fix
restart, start again, reboot, bring back up, relaunch ~ systemd, crash loop, supervisor
crash loop, restarts again and, keeps restarting, keeps crashing ~ kubernetes, backoff, restart
zero downtime, without interruption, rolling update, no interruption ~ blue green, deploy, graceful shutdown
failover, switch to backup, standby, take over, redundancy, redundant ~ replica, high availability, cluster
autoscaling, scale automatically, more servers, scale up, elastic ~ kubernetes, load, replica
load, traffic, demand, visitors at once ~ scale, load balancer, peak
kubernetes, k8s, container orchestration, cluster ~ pod, helm, ingress, kubectl, deployment, namespace, operator
helm, chart of kubernetes, helm chart, manifests ~ kubernetes, values, kustomize
docker compose, compose file, several containers, start containers ~ docker, service, volume, network
infrastructure, infrastructure as code, iac, provisioning, set up servers ~ terraform, ansible, pulumi, cloudformation, puppet, chef
terraform, pulumi, cloudformation ~ state, provider, module, plan, drift
ansible, puppet, chef, salt, configure servers ~ playbook, ssh, inventory
cloud, cloud provider, rented servers, hosted in cloud ~ aws, azure, gcp, digitalocean, hetzner, cloudflare
aws, amazon cloud, amazon web services ~ s3, lambda, ec2, iam, rds, dynamodb, sqs
azure, microsoft cloud ~ entra, functions, blob storage, devops
google cloud, gcp ~ cloud run, bigquery, gke, firebase
serverless, cloud function, lambda, function as service, edge function ~ cold start, aws, workers, vercel
self hosted, own server, on premise, host myself, run own instance, self hosting ~ docker, install, license
cost, costs, expensive, save money, cloud bill, cheap, cheaper ~ billing, usage, quota, budget
resource limit, memory limit, cpu limit, limit resources ~ cgroup, oom, quota, ulimit
systemd, service unit, start at boot, autostart, launch at login ~ daemon, launchd, windows service
cron job, scheduled job, timed task, scheduled task ~ schedule, nightly, systemd timer
maintenance, upkeep, routine work, keep running ~ cleanup, upgrade, housekeeping
disaster recovery, catastrophe, everything lost, emergency plan ~ backup, restore, failover
runbook, operating instructions, emergency steps, playbook ~ incident, docs
drift, no longer matches, differs from declared, configuration drift ~ terraform, sync, detect
state, current state, condition ~ status, store, stateful
lease, time limited lock, reservation, claim expires ~ lock, heartbeat, expire
heartbeat, sign of life, still running, keep alive ~ lease, ping, liveness
resource, computing resources, capacity ~ cpu, memory, quota, limit
gpu, graphics card, cuda, video card ~ nvidia, driver, vram, opengl, vulkan, metal
driver, device driver, kernel module ~ gpu, usb, hardware, firmware
firmware, embedded, microcontroller, device software ~ arduino, esp32, flash, bootloader, rtos
kernel, operating system core, system call, syscall ~ linux, driver, ebpf
`
