export interface Malformed {
    name: string;
    env: Record<string, string>;
    /** The error: a line for each mistake, in the order of the table of variables. */
    lines: readonly string[];
}

const publicBind = (host: string) =>
    `HOST=${host} lets other machines connect without a token; ` +
    'set MCP_AUTH_TOKEN, or HOST=127.0.0.1, or ALLOW_UNAUTHENTICATED=true to allow it';
const openProxy = (name: string, value: string) =>
    `${name}=${value} lets other machines connect through a proxy without a token; ` +
    `set MCP_AUTH_TOKEN, or remove ${name}, or set ALLOW_UNAUTHENTICATED=true to allow it`;
const TOKENS = 'MCP_AUTH_TOKEN must be tokens of letters, digits and -._~+/=, separated by commas';
const ORIGINS = 'ALLOWED_ORIGINS must be origins such as https://example.com, separated by commas';
const HOSTS = 'ALLOWED_HOSTS must be host names without scheme or path, separated by commas';
const FAULTS =
    'TEACHING_FAULTS=true is for this machine only; set HOST to a loopback address such as 127.0.0.1, ' +
    'and remove TRUST_PROXY and ALLOWED_HOSTS';
const THIS_FILE = import.meta.filename;

/** Invalid configurations. No line repeats a secret. */
export const malformed: readonly Malformed[] = [
    {
        name: 'a port in letters',
        env: { PORT: 'abc' },
        lines: ['PORT must be a whole number from 0 to 65535, got "abc"']
    },
    {
        name: 'a port that is too large',
        env: { PORT: '70000' },
        lines: ['PORT must be a whole number from 0 to 65535, got "70000"']
    },
    {
        name: 'a URL for a host',
        env: { HOST: 'http://localhost' },
        lines: ['HOST must be a host name or an IP address, got "http://localhost"']
    },
    {
        name: 'a host with a port',
        env: { HOST: '127.0.0.1:3001' },
        lines: ['HOST must be a host name or an IP address, got "127.0.0.1:3001"']
    },
    { name: 'a public address without a token', env: { HOST: '0.0.0.0' }, lines: [publicBind('0.0.0.0')] },
    {
        name: 'a public address with ALLOW_UNAUTHENTICATED=false',
        env: { HOST: '::', ALLOW_UNAUTHENTICATED: 'false' },
        lines: [publicBind('::')]
    },
    {
        name: 'faults on a public address, with a token',
        env: { HOST: '0.0.0.0', MCP_AUTH_TOKEN: 'sesame', TEACHING_FAULTS: 'true' },
        lines: [FAULTS]
    },
    {
        name: 'a trusted proxy without a token',
        env: { TRUST_PROXY: '1', ALLOWED_HOSTS: 'calc.example' },
        lines: [openProxy('TRUST_PROXY', '1')]
    },
    {
        name: 'a public name without a token',
        env: { ALLOWED_HOSTS: 'calc.example, other.example', ALLOW_UNAUTHENTICATED: 'false' },
        lines: [openProxy('ALLOWED_HOSTS', 'calc.example,other.example')]
    },
    {
        name: 'faults behind a proxy',
        env: { TRUST_PROXY: '1', TEACHING_FAULTS: 'true', MCP_AUTH_TOKEN: 'sesame' },
        lines: [FAULTS]
    },
    {
        name: 'faults with a public name',
        env: { ALLOWED_HOSTS: 'calc.example', TEACHING_FAULTS: 'true', ALLOW_UNAUTHENTICATED: 'true' },
        lines: [FAULTS]
    },
    {
        name: 'a prefix that ends with a slash',
        env: { BASE_PATH: '/calc/' },
        lines: ['BASE_PATH must be a path such as /calc, without a slash at the end, got "/calc/"']
    },
    { name: 'a token with a space', env: { MCP_AUTH_TOKEN: 'Bearer secret-1' }, lines: [TOKENS] },
    { name: 'an empty token among others', env: { MCP_AUTH_TOKEN: 'secret-1,,secret-2' }, lines: [TOKENS] },
    {
        name: 'a bad token on a public address',
        env: { HOST: '192.0.2.1', MCP_AUTH_TOKEN: 'secret-1 secret-2' },
        lines: [TOKENS]
    },
    {
        name: 'a public address with a flag that is not true or false',
        env: { HOST: '192.0.2.1', ALLOW_UNAUTHENTICATED: '1' },
        lines: ['ALLOW_UNAUTHENTICATED must be true or false, got "1"']
    },
    {
        name: 'a flag that is not true or false',
        env: { ALLOW_UNAUTHENTICATED: 'yes' },
        lines: ['ALLOW_UNAUTHENTICATED must be true or false, got "yes"']
    },
    {
        name: 'a URL among the host names',
        env: { ALLOWED_HOSTS: 'a.example, https://b.example' },
        lines: [`${HOSTS}, got "a.example, https://b.example"`]
    },
    {
        name: 'an origin without its scheme',
        env: { ALLOWED_ORIGINS: 'app.example' },
        lines: [`${ORIGINS}, got "app.example"`]
    },
    {
        name: 'an origin with a path',
        env: { ALLOWED_ORIGINS: 'https://app.example,https://b.example/page' },
        lines: [`${ORIGINS}, got "https://app.example,https://b.example/page"`]
    },
    {
        name: 'all proxies trusted',
        env: { TRUST_PROXY: 'true' },
        lines: ['TRUST_PROXY must be false, or the number of proxies in front, from 1 to 100, got "true"']
    },
    {
        name: 'a rate without its unit of time',
        env: { RATE_LIMIT: '6000' },
        lines: ['RATE_LIMIT must be off, or a number per second, minute or hour such as 6000/minute, got "6000"']
    },
    {
        name: 'no sessions',
        env: { MAX_SESSIONS: '0' },
        lines: ['MAX_SESSIONS must be a whole number from 1 to 1000000, got "0"']
    },
    {
        name: 'a size with its unit',
        env: { MAX_MESSAGE_BYTES: '4MiB' },
        lines: ['MAX_MESSAGE_BYTES must be a whole number from 1024 to 67108864, got "4MiB"']
    },
    {
        name: 'times with a unit or a fraction',
        env: { HEARTBEAT_MS: '15s', RESUME_WINDOW_MS: '-1', SESSION_IDLE_MS: '1.5' },
        lines: [
            'HEARTBEAT_MS must be a whole number from 10 to 2147483647, got "15s"',
            'RESUME_WINDOW_MS must be a whole number from 0 to 2147483647, got "-1"',
            'SESSION_IDLE_MS must be a whole number from 10 to 2147483647, got "1.5"'
        ]
    },
    {
        name: 'time limits that are not numbers',
        env: { SHUTDOWN_TIMEOUT_MS: 'soon', KEEP_ALIVE_MS: 'forever', REQUEST_TIMEOUT_MS: '0' },
        lines: [
            'SHUTDOWN_TIMEOUT_MS must be a whole number from 0 to 2147483647, got "soon"',
            'KEEP_ALIVE_MS must be a whole number from 0 to 2147483647, got "forever"',
            'REQUEST_TIMEOUT_MS must be a whole number from 100 to 2147483647, got "0"'
        ]
    },
    {
        name: 'REQUIRE_HTTPS without a trusted proxy',
        env: { REQUIRE_HTTPS: 'true' },
        lines: [
            'REQUIRE_HTTPS=true has no effect unless a trusted proxy reports the scheme of each request; set TRUST_PROXY to the number of proxies in front, or set TLS_CERT and TLS_KEY'
        ]
    },
    {
        name: 'REQUIRE_HTTPS with an invalid number of proxies',
        env: { REQUIRE_HTTPS: 'true', TRUST_PROXY: 'yes' },
        lines: ['TRUST_PROXY must be false, or the number of proxies in front, from 1 to 100, got "yes"']
    },
    {
        name: 'a certificate without its key',
        env: { TLS_CERT: THIS_FILE },
        lines: ['TLS_KEY must be set too: TLS requires both a certificate and its key']
    },
    {
        name: 'a missing key file, without a certificate',
        env: { TLS_KEY: '/nowhere/tls.key' },
        lines: [
            'TLS_CERT must be set too: TLS requires both a certificate and its key',
            'TLS_KEY must be the path of a readable file, got "/nowhere/tls.key"'
        ]
    },
    {
        name: 'files that are neither certificate nor key',
        env: { TLS_CERT: THIS_FILE, TLS_KEY: THIS_FILE },
        lines: [
            'TLS_CERT and TLS_KEY must be a certificate and its key in PEM: error:0480006C:PEM routines::no start line'
        ]
    },
    {
        name: 'an unknown log level and format',
        env: { LOG_LEVEL: 'verbose', LOG_FORMAT: 'xml' },
        lines: [
            'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, got "verbose"',
            'LOG_FORMAT must be one of pretty, json, got "xml"'
        ]
    },
    {
        name: 'a joke API that is not HTTP',
        env: { JOKE_API_URL: 'ftp://jokes.example' },
        lines: ['JOKE_API_URL must be an http or https URL, got "ftp://jokes.example"']
    },
    {
        name: 'secrets in the wrong place',
        env: {
            TLS_KEY: '-----BEGIN PRIVATE KEY-----\nMII',
            TLS_CERT: THIS_FILE,
            JOKE_API_URL: 'https://me:secret-1@a.example/'
        },
        lines: [
            'JOKE_API_URL must be an http or https URL, got "https://…@a.example/"',
            'TLS_KEY must be the path of a readable file, got PEM'
        ]
    },
    {
        name: 'line breaks, which do not add lines to the error',
        env: { PORT: '1\nHOST=::', BASE_PATH: '/a\n/b' },
        lines: [
            'PORT must be a whole number from 0 to 65535, got "1\\nHOST=::"',
            'BASE_PATH must be a path such as /calc, without a slash at the end, got "/a\\n/b"'
        ]
    },
    {
        name: 'one mistake in each of many',
        env: {
            PORT: '-1',
            HOST: '0.0.0.0',
            MCP_AUTH_TOKEN: '"secret-1"',
            TRUST_PROXY: 'yes',
            MAX_IN_FLIGHT: 'all',
            TLS_CERT: '/nowhere/tls.crt'
        },
        lines: [
            'PORT must be a whole number from 0 to 65535, got "-1"',
            TOKENS,
            'TRUST_PROXY must be false, or the number of proxies in front, from 1 to 100, got "yes"',
            'MAX_IN_FLIGHT must be a whole number from 1 to 1000000, got "all"',
            'TLS_CERT must be the path of a readable file, got "/nowhere/tls.crt"',
            'TLS_KEY must be set too: TLS requires both a certificate and its key'
        ]
    }
];
