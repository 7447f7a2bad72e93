// A function without the program, for tests of the emulator: the path of a request says what it does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char message[1 << 23];

static int runtime(void) {
    const char *place = getenv("AWS_LAMBDA_RUNTIME_API");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(strchr(place, ':') + 1)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, (void *)&address, sizeof address) != 0) exit(3);
    return connection;
}

static void receive(int connection) {
    size_t size = 0;
    ssize_t more;
    while ((more = read(connection, message + size, sizeof message - size - 1)) > 0) {
        message[size += more] = 0;
        const char *end = strstr(message, "\r\n\r\n"), *length = strcasestr(message, "content-length:");
        if (end && size >= end - message + 4 + (length ? strtoul(length + 15, NULL, 10) : 0)) break;
    }
}

static void answer(const char *id, const char *what, const char *body, size_t size) {
    int connection = runtime();
    dprintf(connection, "POST /2018-06-01/runtime/invocation/%s/%s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", id, what, size);
    while (size > 0) {
        ssize_t written = write(connection, body, size);
        if (written <= 0) break;
        body += written, size -= written;
    }
    receive(connection);
    close(connection);
}

// 20 MB in lines of 1,000 bytes.
static void stream(const char *id, int breaks, int fails) {
    const char *head = "{\"statusCode\": 200, \"headers\": {\"content-type\": \"text/csv\"}}";
    char line[1001];
    memset(line, 'x', 999), line[999] = '\n', line[1000] = 0;
    int connection = runtime();
    dprintf(connection, "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        "Lambda-Runtime-Function-Response-Mode: streaming\r\nContent-Type: application/vnd.awslambda.http-integration-response\r\n\r\n", id);
    dprintf(connection, "%zx\r\n%s\r\n8\r\n", strlen(head), head);
    if (write(connection, "\0\0\0\0\0\0\0\0\r\n", 10) != 10) exit(4);
    for (int count = 0; count < 20000; count++) {
        dprintf(connection, "3e8\r\n%s\r\n", line);
        if (breaks && count == 3000) exit(9);
    }
    dprintf(connection, fails ? "0\r\nLambda-Runtime-Function-Error-Type: Broken\r\n\r\n" : "0\r\n\r\n");
    receive(connection);
    close(connection);
}

int main(void) {
    if (strcmp(getenv("_HANDLER"), "senseless") == 0) {
        int connection = runtime();
        const char *body = "{\"errorType\": \"Senseless\", \"errorMessage\": \"a setting is senseless\"}";
        dprintf(connection, "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
        receive(connection);
        return 1;
    }
    for (;;) {
        char id[100], small[500];
        int connection = runtime();
        dprintf(connection, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n");
        receive(connection);
        close(connection);
        sscanf(strcasestr(message, "aws-request-id:") + 15, " %90s", id);
        const char *event = strstr(message, "\r\n\r\n");
        if (strstr(event, "/crash")) exit(9);
        if (strstr(event, "/sleep")) sleep(30);
        if (strstr(event, "/second")) sleep(1);
        if (strstr(event, "lambda-url")) {
            stream(id, strstr(event, "breaks") != NULL, strstr(event, "fails") != NULL);
        } else if (strstr(event, "/large")) {
            char *large = malloc(7000000);
            memset(large, 'x', 7000000);
            answer(id, "response", large, 7000000);
            answer(id, "error", "{\"errorType\": \"TooLarge\"}", 25);
            free(large);
        } else {
            const char *kept = strstr(event, "/private") ? "private, no-cache" : "max-age=60";
            snprintf(small, sizeof small, "{\"statusCode\": 200, \"headers\": {\"content-type\": \"text/plain\", \"cache-control\": \"%s\"}, "
                "\"cookies\": [\"one=1; Path=/\", \"two=2; Path=/\"], \"body\": \"%d\"}", kept, getpid());
            answer(id, "response", small, strlen(small));
        }
    }
}
