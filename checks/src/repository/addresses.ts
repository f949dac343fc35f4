import { findInFiles, type Rule } from './file.ts';

// Put together from parts, so that this file does not find itself.
const machineFolder = new RegExp(
  `(?<![\\w.})-])/(?:${['root', 'work', 'home/\\w+', 'Users/\\w+'].join('|')})/`,
);
const registries = ['npmjs.org', 'npmjs.com', 'yarnpkg.com', 'packagist.org', 'pypi.org', 'debian.org'];
const registryHost = new RegExp(
  `\\b(?:registry|npm|repo|deb|artifactory|nexus)\\.(?:${registries.join('|').replaceAll('.', '\\.')})`,
);

export const machineFolders: Rule = {
  says: 'No file names a folder of one machine',
  faults: (files) =>
    findInFiles(files, machineFolder).map(
      ({ where, match }) => `${where} names ${match}, which exists on one machine only.`,
    ),
};

export const registryHosts: Rule = {
  says: 'No file names the host of a package registry',
  faults: (files) => [
    ...findInFiles(files, registryHost).map(
      ({ where, match }) => `${where} names ${match}; npm and Composer know theirs.`,
    ),
    ...findInFiles(
      files.filter(({ path }) => path.endsWith('package-lock.json')),
      /"resolved": "https?:[^"]*"/,
    ).map(({ where }) => `${where} records where a package was fetched; .npmrc says not to.`),
  ],
};
