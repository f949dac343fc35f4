import { findInFiles, type Rule } from './file.ts';

const unit = 'Ms|Seconds|Minutes|Hours|Bytes|Characters';
const inTypeScript = new RegExp(`^(?:export )?const \\w+(?:${unit}) = [\\d_.]+;`, 'm');
const inPhp = new RegExp(`\\bconst \\w+(?:${unit.toUpperCase().replaceAll('|', '|_')}) *= *[\\d_]+`, 'm');

export const limitsInPlace: Rule = {
  says: 'Every limit stands in its program’s limits file',
  faults: (files) => {
    const programs = files.filter(
      ({ path }) =>
        !/(^|\/)tests?\//.test(path) && !/(^|\/)limits?\.ts$/i.test(path) && !/Limits\.php$/.test(path),
    );
    return [
      ...findInFiles(
        programs.filter(({ path }) => /\.[cm]?tsx?$/.test(path)),
        inTypeScript,
      ),
      ...findInFiles(
        programs.filter(({ path }) => path.endsWith('.php')),
        inPhp,
      ),
    ].map(({ where, match }) => `${where} holds a limit (${match}); put it into limits.ts or Limits.php.`);
  },
};
