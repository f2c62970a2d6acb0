/** Where the data are unless DATABASE_URL says otherwise. */
export const DEFAULT_DATABASE = 'data/django-or-flask.db';

/** DATABASE_URL as stores take it: postgres://…, or the path of a file, which may be written as `sqlite:` or `file:`. */
export const databaseOf = (url: string): string => url.replace(/^(sqlite|file):/, '');

export const isPostgres = (database: string): boolean => /^postgres(ql)?:\/\//.test(database);
