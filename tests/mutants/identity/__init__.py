"""Who somebody is: at the sign-in provider, at Catalyze, and by which secrets."""

from tests.mutants.identity import credentials, secret_files, single_sign_on

MUTANTS = (*credentials.MUTANTS, *secret_files.MUTANTS, *single_sign_on.MUTANTS)
