export type { HubClients, Receivers } from './clients.ts';
export { type Clock, systemClock } from './clock.ts';
export type { AuthRequest } from './http/auth-request.ts';
export type { CloseOptions, ConnectionGroups, DisconnectReason, HubConnection, Renewal } from './hub-connection.ts';
export { HubError } from './hub-error.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export type { Logger } from './logger.ts';
export type { AuthResult, HubHooks, HubMethod, InvocationGate, SignalRServerOptions } from './options.ts';
export { createSignalRServer, type HubConnections, type SignalRServer } from './server.ts';
