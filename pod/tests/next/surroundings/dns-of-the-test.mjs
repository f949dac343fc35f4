// Preloaded by --import: an app that asks the system's DNS servers asks the test's instead, as in a cluster it asks the cluster's.
import dns from 'node:dns';

dns.setServers([process.env.TEST_DNS]);
