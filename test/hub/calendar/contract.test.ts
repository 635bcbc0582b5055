import { createBench } from '../support/hub-bench.ts';
import { createCalendarBench } from './calendar-bench.ts';
import { describePlanning } from './contract.ts';

describePlanning('the hub’s own store', () => createBench());
describePlanning('Microsoft Graph', () => createCalendarBench());
