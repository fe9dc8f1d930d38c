// One person with Element's engine (matrix-js-sdk, Rust crypto), told what to do by lines of JSON.
import { createInterface } from "node:readline";

Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
const quiet = () => {};
console.log = console.info = console.debug = console.warn = quiet;
const sdk = await import("matrix-js-sdk");
const { OnlySignedDevicesIsolationMode, VerificationPhase, VerificationRequestEvent, VerifierEvent } = await import(
  "matrix-js-sdk/lib/crypto-api/index.js"
);
const logger = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, getChild: () => logger };
let client;
let shows; // what a verification shows, and how to say whether it is the same
let ending;

const shown = (event) => ({
  event_id: event.getId(),
  sender: event.getSender(),
  type: event.getType(),
  content: event.getContent(),
  wire: event.getWireType(),
  sealed: event.isDecryptionFailure(),
  redacted: event.isRedacted(),
  replaced: event.replacingEventId() ?? "",
});

const acts = {
  async start({ url, user, token, device, strict }) {
    client = sdk.createClient({ baseUrl: url, userId: user, accessToken: token, deviceId: device, logger });
    await client.initRustCrypto({ useIndexedDB: false });
    if (strict) {
      await client.getCrypto().bootstrapCrossSigning({
        authUploadDeviceSigningKeys: (make) => make({ type: "m.login.password", identifier: { type: "m.id.user", user }, password: "secret" }),
      });
      client.getCrypto().setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    }
    const ready = new Promise((done) => client.on("sync", (state) => state === "PREPARED" && done()));
    await client.startClient({ initialSyncLimit: 100, pollTimeout: 3000 });
    await ready;
  },
  async room({ invite, name, version }) {
    const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
    const made = await client.createRoom({ invite, name, preset: "private_chat", initial_state: [encryption], room_version: version || undefined });
    return made.room_id;
  },
  async join({ room }) {
    await client.joinRoom(room);
  },
  async invites() {
    return client.getRooms().filter((room) => room.getMyMembership() === "invite").map((room) => room.roomId);
  },
  async send({ room, content, kind }) {
    return (await client.sendEvent(room, kind ?? "m.room.message", content)).event_id;
  },
  async redact({ room, event }) {
    return (await client.redactEvent(room, event)).event_id;
  },
  async events({ room }) {
    const there = client.getRoom(room);
    const events = there ? [...there.getLiveTimeline().getEvents(), ...there.getThreads().flatMap((t) => t.timeline)] : [];
    return [...new Map(events.map((event) => [event.getId(), event])).values()].map(shown);
  },
  async verify({ user, device, room }) {
    const crypto = client.getCrypto();
    const request = room ? await crypto.requestVerificationDM(user, room) : await crypto.requestDeviceVerification(user, device);
    await new Promise((ready, over) => {
      const look = () => {
        if (request.phase === VerificationPhase.Ready) ready();
        if (request.phase === VerificationPhase.Cancelled) over(new Error("cancelled: " + request.cancellationCode));
      };
      request.on(VerificationRequestEvent.Change, look);
      look();
    });
    const verifier = await request.startVerification("m.sas.v1");
    const shown = new Promise((show) => verifier.once(VerifierEvent.ShowSas, show));
    ending = verifier.verify();
    ending.catch(quiet);
    shows = await Promise.race([shown, ending]);
    return { emoji: shows.sas.emoji, numbers: shows.sas.decimal };
  },
  async same({ user, device }) {
    await shows.confirm();
    await ending;
    const crypto = client.getCrypto();
    let person = await crypto.getUserVerificationStatus(user);
    for (let looks = 0; looks < 50 && !person.isVerified(); looks++) {
      await new Promise((go) => setTimeout(go, 100)); // the signature goes by the server first
      person = await crypto.getUserVerificationStatus(user);
    }
    const held = await crypto.getDeviceVerificationStatus(user, device);
    return { person: person.isVerified(), device: held.isVerified() };
  },
  async different() {
    shows.mismatch();
    await ending.catch(quiet);
  },
  async stop() {
    client.stopClient();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  try {
    const said = (await acts[asked.do](asked)) ?? null;
    process.stdout.write(JSON.stringify({ said }) + "\n");
  } catch (error) {
    process.stdout.write(JSON.stringify({ fault: String(error) }) + "\n");
  }
  if (asked.do === "stop") process.exit(0);
}
