import type { Plan } from '../../plan/plan';
import { notesOf, type Chapter } from './chapter';
import { routes } from './routes';

export function podNetwork(plan: Plan): Chapter {
  return { title: 'Pod network', blocks: [...notesOf(plan, 'pod-network'), ...routes(plan)] };
}
