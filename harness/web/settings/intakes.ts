import type { MadeIntake } from '../../hooks/intake.js';
import { receivePath } from '../../hooks/intake.js';
import type { IntakeView } from '../../store/intakes.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsHead } from './tabs.js';

export interface IntakesView extends SettingsHead {
  readonly intakes: readonly {
    readonly href: string;
    readonly address: string;
    readonly assessment: string;
    readonly since: Moment;
  }[];
  readonly assessments: readonly { readonly value: string; readonly label: string }[];
  /** What to enter at GitHub for one that was just made. */
  readonly made: { readonly address: string; readonly secret: string } | null;
}

export interface IntakesInput {
  readonly intakes: readonly IntakeView[];
  readonly assessments: readonly { readonly id: string; readonly title: string }[];
  readonly made: MadeIntake | null;
  /** Where people reach this server. */
  readonly origin: string;
}

export const intakesView = ({ intakes, assessments, made, origin }: IntakesInput): IntakesView => ({
  ...settingsHead('intakes'),
  intakes: intakes.map(({ id, assessment, created_at }) => ({
    href: `/settings/intakes/${id}`,
    address: `${origin}${receivePath(id)}`,
    assessment,
    since: moment(created_at),
  })),
  assessments: assessments.map(({ id, title }) => ({ value: id, label: title })),
  made: made && { address: `${origin}${made.path}`, secret: made.secret },
});

export const intakesPage = definePage<IntakesView>('intakes');
