"""A job every hour by Airflow 3: put this file into the folder of DAGs, and set JOB.

The scraper lives in an environment of its own, apart from Airflow's, on every worker that may run the task; the job's folder is
shared by them, on a file system with locks. Check: `python airflow_dag.py` in Airflow's environment imports it, and
`airflow dags test article_scraper` runs it once.
"""

import datetime as dt

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

SCRAPER = "/opt/article-scraper/bin/scraper"
JOB = "/srv/articles/news.toml"

with DAG(
    dag_id="article_scraper",
    description="New articles, once an hour",
    schedule="17 * * * *",
    start_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    catchup=False,  # one run brings everything that is new, however many were missed
    max_active_runs=1,  # two runs would not harm one another: the second would end with exit code 4
    tags=["articles"],
) as dag:
    BashOperator(
        task_id="run",
        # exec: SIGTERM, which Airflow sends to a task that is ended or marked as failed, reaches the scraper, which closes cleanly.
        bash_command=f"exec {SCRAPER} run {JOB}",
        # Secrets of the job file ("${TOKEN}") come from Airflow's own store; append_env keeps the rest of the environment.
        # env={"TOKEN": "{{ conn.articles.password }}"},
        append_env=True,
        # Another run holds the output: the task is skipped. Any other code but 0 is a failure; `fail_under` in the job file says which
        # share of failed targets is to be expected.
        skip_on_exit_code=4,
        # What failed for a while (exit codes 1 and 3) may do better later; only what is not committed yet is asked for again.
        retries=1,
        retry_delay=dt.timedelta(minutes=15),
        execution_timeout=dt.timedelta(hours=6),
    )
