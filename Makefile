# Everything is done by start.py, which runs the same where there is no make:
# python start.py lab. Another Python: make lab PYTHON=python3.12; a language: make lab LANG_=en
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help lab doctor test browser spark lock

help: ## show this list / 显示本列表
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: ## set up and open the course / 安装并打开课程
	@$(PYTHON) start.py lab $(if $(LANG_),--lang $(LANG_))

doctor: ## say what this computer lacks / 检查这台电脑缺什么
	@$(PYTHON) start.py doctor $(if $(LANG_),--lang $(LANG_))

test: ## set up and run every test but the browser's and Spark's / 安装并运行浏览器和 Spark 以外的全部测试
	@$(PYTHON) start.py test

browser: ## run the tests in a real browser / 在真实浏览器里运行测试
	@$(PYTHON) start.py browser

spark: ## run the tests that need Spark and Java / 运行需要 Spark 和 Java 的测试
	@$(PYTHON) start.py spark

lock: ## write the lock files after a change of pyproject.toml / 改了 pyproject.toml 之后重写锁文件
	@$(PYTHON) start.py lock
