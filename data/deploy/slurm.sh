#!/bin/bash
# A job under Slurm: sbatch data/deploy/slurm.sh /srv/articles/news.toml
# Check: bash -n data/deploy/slurm.sh; sbatch --test-only data/deploy/slurm.sh /srv/articles/news.toml
#
# The output's folder has to be on a file system with locks (NFS 4, Lustre mounted with -o flock), where a lock laid on one node is seen
# on all, and one node at a time works in it: that is what singleton is for. Compute nodes need a way out: a proxy, as [fetch] proxies.
#SBATCH --job-name=article-scraper
#SBATCH --dependency=singleton        # one at a time of this name and user; the next waits
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2             # fetching waits most of the time; extraction keeps one busy
#SBATCH --mem=2G
#SBATCH --time=06:00:00
#SBATCH --signal=B:TERM@300           # SIGTERM five minutes before the time is up: the run closes cleanly, the next one goes on from there
#SBATCH --output=%x-%j.log            # %x: the job's name, %j: its number

set -euo pipefail
job=${1:?name a job file: sbatch slurm.sh JOB.toml}
scraper=${SCRAPER:-/opt/article-scraper/bin/scraper}

# exec: the scraper takes this shell's place, so that it gets the signal, and its exit code becomes the job's (sacct shows it).
# Without a terminal it logs a line every ten seconds; its last line is one of JSON.
exec "$scraper" run "$job"
