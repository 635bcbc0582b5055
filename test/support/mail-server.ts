import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** As much of a mail server (RFC 5321) as takes mail, and refuses it for addresses of `refused.example`. */
export async function startMailServer() {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveMail(socket, (mail) => received.push(mail));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close };
}

function serveMail(socket: Socket, onMail: (mail: ReceivedMail) => void): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let [buffer, from, to, data]: [string, string, string, string | null] = ['', '', '', null];
  const hear = (line: string): void => {
    if (data !== null) {
      if (line !== '.') data += `${line}\n`;
      else {
        onMail({ from, to, data });
        data = null;
        say('250 taken');
      }
      return;
    }
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (/^(?:EHLO|HELO)/i.test(line)) say('250 mail.test');
    else if (/^MAIL FROM/i.test(line)) {
      from = address;
      say('250 ok');
    } else if (/^RCPT TO/i.test(line)) {
      to = address;
      say(address.endsWith('@refused.example') ? '550 nobody' : '250 ok');
    } else if (/^DATA/i.test(line)) {
      data = '';
      say('354 go on');
    } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else say('250 ok');
  };
  say('220 mail.test');
  socket.on('data', (chunk) => {
    buffer += chunk.toString('utf8');
    const lines = buffer.split('\r\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}
