FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 DEBUG=0 VAR_DIR=/var/lib/digest
# A font for the pictures of shared links.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN useradd --system digest && mkdir -p "$VAR_DIR" && chown digest "$VAR_DIR"
USER digest
EXPOSE 8000
CMD ["sh", "-c", "python manage.py migrate && exec python manage.py up --port 8000 --workers 4"]
