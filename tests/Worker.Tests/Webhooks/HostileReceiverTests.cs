using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Rates.Store;
using Rates.Testing;

namespace Rates.Worker.Tests;

/// <summary>Receivers that answer badly, or not at all: each is told in words, costs little, and holds nobody else up.</summary>
public sealed class HostileReceiverTests : WebhookRig
{
    [Fact]
    public async Task A_bad_answer_is_told_in_words()
    {
        await using var worker = TestWorker();
        foreach (var (answer, reason) in new[]
        {
            ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "it answered 302, and redirects are not followed"),
            ("HTTP/1.1 500 Oops\r\nContent-Length: 999999999\r\n\r\nendless", "it answered 500"),
            ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "it answered 404"),
            ("SSH-2.0-OpenSSH_9.2\r\n", "it answered something else than HTTP"),
            ("", "it ended the connection without an answer"),
        })
        {
            await using var receiver = new RawServer(async stream =>
            {
                _ = await stream.ReadAtLeastAsync(new byte[64], 64, throwOnEndOfStream: false, Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Token);
            });

            Assert.Equal(reason, (await TestAsync(worker, receiver.Address)).Reason);
        }
    }

    [Fact]
    public async Task Headers_without_end_are_not_read()
    {
        await using var worker = TestWorker();
        await using var receiver = new RawServer(async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), Token);
            for (var line = 0; line < 100_000; line++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-{line}: {new string('x', 1000)}\r\n"), Token);
            }
        });

        Assert.Equal("the headers of its answer are too long", (await TestAsync(worker, receiver.Address)).Reason);
    }

    [Fact]
    public async Task The_body_of_an_answer_is_not_read()
    {
        await using var worker = TestWorker();
        var sent = 0L;
        await using var receiver = new RawServer(async stream =>
        {
            _ = await stream.ReadAtLeastAsync(new byte[64], 64, throwOnEndOfStream: false, Token);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"u8.ToArray(), Token);
            for (var block = new byte[1 << 20]; ; Interlocked.Add(ref sent, block.Length))
            {
                await stream.WriteAsync(block, Token);
            }
        });

        Assert.Equal((true, 200), await TestAsync(worker, receiver.Address) is var result ? (result.Taken, result.Status) : default);

        // What the sockets of both sides hold, and no more.
        Assert.InRange(Interlocked.Read(ref sent), 0, 64L << 20);
    }

    [Fact]
    public async Task A_refused_connection_is_told_in_words()
    {
        await using var worker = TestWorker();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal("the connection was refused", (await TestAsync(worker, $"http://127.0.0.1:{port}/")).Reason);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_or_of_another_name_is_refused()
    {
        await using var worker = TestWorker();
        using var key = RSA.Create(2048);
        foreach (var (name, why) in new[] { ("localhost", "UntrustedRoot"), ("shop.example", "RemoteCertificateNameMismatch") })
        {
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            var read = 0;
            await using var receiver = new RawServer(async stream =>
            {
                await using var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(certificate);
                read = await secure.ReadAsync(new byte[1], Token);
            });

            var result = await TestAsync(
                worker, receiver.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal));

            Assert.StartsWith("TLS failed: The remote certificate is invalid", result.Reason, StringComparison.Ordinal);
            Assert.Contains(why, result.Reason, StringComparison.Ordinal);
            Assert.Equal(0, read);
        }
    }

    [Fact]
    public async Task A_receiver_that_never_answers_holds_no_other_up_and_is_left_after_ten_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        await using var worker = PlainWorker("one");
        await HaveSomethingToTellAsync(worker, silent);

        var look = worker.Get<DeliveryRunner>().LookAsync(Token);
        await worker.LoggedAsync("Posted to shop");
        Assert.False(look.IsCompleted);
        Time.Advance(TimeSpan.FromSeconds(10));
        await look;

        var memory = (await Webhooks.ReadMemoryAsync(Token)).Value!;
        Assert.Equal(("silent", 1, "no answer within 10 s"),
            Assert.Single(memory.Outbox) is var left ? (left.Subscription, left.Attempts, left.Problem) : default);
        Assert.Equal("published ecb: no answer within 10 s", memory.Receivers["silent"].Failure);
    }

    [Fact]
    public async Task What_changes_while_a_receiver_is_waited_for_is_posted_to_the_others()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        await using var worker = PlainWorker("one");
        await HaveSomethingToTellAsync(worker, silent);
        var look = worker.Get<DeliveryRunner>().LookAsync(Token);
        await Eventually.IsAsync(() => Task.FromResult(Hook.Calls.Count == 1), () => "the first change", Token);

        var sheet = await Store.Calls.ReadSheetAsync("ecb", Token);
        var claim = await Store.Calls.ClaimAsync(
            "ecb", Time.GetUtcNow(), new("hand", TimeSpan.FromSeconds(30), TimeSpan.Zero, MaxAttempts: 1), Token);
        Assert.True((await Store.Calls.PublishAsync(claim, sheet! with { Revised = true }, FetchValidators.None, Token)).Accepted);
        Time.Advance(TimeSpan.FromSeconds(6));
        await Eventually.IsAsync(() => Task.FromResult(Hook.Calls.Count == 2), () => "the second change", Token);

        Assert.False(look.IsCompleted);
        Assert.Equal(["published", "revised"], Hook.Calls.Select(call => Event(call.Body)));
        Time.Advance(TimeSpan.FromSeconds(5));
        await look;
        Assert.Equal(
            [("silent", 1), ("silent", 0)],
            (await Webhooks.ReadMemoryAsync(Token)).Value!.Outbox.Select(left => (left.Subscription, left.Attempts)));
    }

    [Fact]
    public async Task A_test_that_waits_for_its_receiver_holds_no_other_question_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var worker = await PlainWorker("one").StartAsync();
        await SetAsync("silent", Definition($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/"));
        var questions = new QuestionStore(Store.Documents);

        var slow = await questions.AskAsync(new() { Kind = QuestionKind.WebhookTest, Provider = "silent" }, "anna", Token);
        using var connection = await silent.AcceptTcpClientAsync(Token);
        var quick = await questions.AskAsync(
            new() { Kind = QuestionKind.Webhook, Provider = "books", Asked = WebhookText.Write(Definition()) }, "anna", Token);
        await Eventually.IsAsync(async () => await AnswerAsync(quick!) is not null, () => "the quick answer", Token);

        Assert.Empty(WebhookText.ReadAnswer((await AnswerAsync(quick!))!).Problems);
        Assert.Null(await AnswerAsync(slow!));
        connection.Close();
        await Eventually.IsAsync(async () => await AnswerAsync(slow!) is not null, () => "the slow answer", Token);
        Assert.False(WebhookText.ReadTestAnswer((await AnswerAsync(slow!))!).Result!.Taken);

        async Task<string?> AnswerAsync(string id) => (await questions.ReadAsync(Token))[id].Question.Value.Answer;
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_long_costs_no_other_receiver_its_messages()
    {
        await using var worker = PlainWorker("one");
        await SetAsync("bad", Definition("http://127.0.0.1:1/"));
        await SetAsync("shop", Definition());
        await LookAsync(1, worker);
        var memory = await Webhooks.ReadMemoryAsync(Token);
        var now = Time.GetUtcNow();
        WebhookDelivery Waiting(string name, int number) => new(
            $"{name}-{number}", name, new("published", "ecb", "", "fresh", null, null, null, null), now, 0, now, "");
        await Webhooks.StoreMemoryAsync(
            memory.Value! with
            {
                Outbox = [Waiting("shop", 0), .. Enumerable.Range(0, WaitingMessages.MostOfOne + 5).Select(one => Waiting("bad", one))],
            },
            memory.Revision, "test", Token);

        await LookAsync(1, worker);

        Assert.Equal("shop-0", Assert.Single(Hook.Calls).Headers["X-Rates-Delivery"]);
        Assert.Equal(WaitingMessages.MostOfOne, (await Webhooks.ReadMemoryAsync(Token)).Value!.Outbox.Count);
        var dead = await Webhooks.ReadDeadLettersAsync(Token);
        Assert.Equal(["bad-0", "bad-1", "bad-2", "bad-3", "bad-4"], dead.Select(letter => letter.Value.Delivery.Id).Order());
        Assert.Equal("more than 1000 messages wait for its receiver", dead[^1].Value.Delivery.Problem);
    }

    private Bench TestWorker() => PlainWorker("one", ("Rates:Worker:AllowedHosts:0", "localhost"));

    private async Task<WebhookTestResult> TestAsync(Bench worker, string address)
    {
        await SetAsync("bad", Definition(address));
        var trial = worker.Get<WebhookTrial>().SendAsync("bad", Token);
        return (await trial.WaitAsync(Eventually.Limit, TimeProvider.System, Token)).Result!;
    }

    // A publication that the next look tells to a receiver that takes connections and answers nothing, and to one that answers at once.
    private async Task HaveSomethingToTellAsync(Bench worker, TcpListener silent)
    {
        silent.Start();
        await SetAsync("silent", Definition($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/"));
        await SetAsync("shop", Definition());
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        Time.Advance(TimeSpan.FromSeconds(5));
    }

    /// <summary>A server that answers each connection as it is told, whatever the client sends.</summary>
    private sealed class RawServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public RawServer(Func<NetworkStream, Task> answer)
        {
            _listener.Start();
            _serving = ServeAsync(answer);
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(Func<NetworkStream, Task> answer)
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await answer(client.GetStream());
                }
                catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    // The test is over.
                    return;
                }
                catch (Exception end) when (end is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client has closed the connection.
                }
            }
        }
    }
}
