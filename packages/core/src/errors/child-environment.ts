import { withoutSecrets } from "./secrets.ts";

/** What a program needs to run on its machine, whatever it does: no variable that holds a credential. */
const ofTheMachine = [
  /^(?:PATH|HOME|USER|LOGNAME|USERNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|EMAIL|HOSTNAME)$/i,
  /^(?:LANG|LANGUAGE|LC_\w+|XDG_\w+)$/i,
  /^(?:LD|DYLD)_\w+$/, // where libraries are
  /^(?:HTTPS?|NO|ALL|FTP)_PROXY$/i,
  /^(?:SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|NIX_SSL_CERT_FILE)$/,
  /^(?:SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)|DISPLAY|GNUPGHOME|GPG_TTY)$/,
  // Windows
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|MSYS\w*|MINGW\w*)$/i,
  /^(?:APPDATA|LOCALAPPDATA|PROGRAMDATA|ALLUSERSPROFILE|USERPROFILE|HOMEDRIVE|HOMEPATH)$/i,
  /^(?:COMMON)?PROGRAM(?:FILES|W6432)(?:\(X86\))?$/i,
];

/**
 * The environment of a child: what every program needs, and what this one needs besides. Anything else, such as `AWS_*` or
 * `NPM_TOKEN`, stays here, and so does what counts as a secret, whatever else allows it.
 */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  besides: readonly RegExp[],
): Record<string, string> {
  const allowed = [...ofTheMachine, ...besides];
  return Object.fromEntries(
    Object.entries(withoutSecrets(env)).filter(([name]) => allowed.some((pattern) => pattern.test(name))),
  );
}
