using System.Text.Json;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>What holds over every protocol of a broker, against a real rabbitmq-server.</summary>
public abstract class BrokerTests(Broker broker)
{
    private const int Flood = 300;
    private const int Prefetch = 5;

    private static readonly string[] Formats = ["json", "xml", "csv"];

    private readonly string _queue = $"rates-{Guid.NewGuid():N}";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The type of the channel.</summary>
    protected abstract string Type { get; }

    /// <summary>The address of a queue that the channel makes.</summary>
    protected abstract string OwnAddress(string queue);

    /// <summary>The address of a queue that is there.</summary>
    protected abstract string AtClient(string queue);

    /// <summary>Where changes are sent, in this protocol, when they go to an exchange.</summary>
    protected abstract string ExchangeOf(string exchange);

    /// <summary>An address that the broker does not have.</summary>
    protected abstract string Nowhere { get; }

    /// <summary>The heading of the example in the documentation, and what of Python it needs.</summary>
    protected abstract (string Heading, string Module, string Package) Example { get; }

    internal abstract Task<IBrokerClient> ConnectAsync(RabbitServer server);

    [Fact]
    public async Task A_hundred_questions_have_the_same_answers_as_over_HTTP()
    {
        var server = await broker.ServerAsync();
        await using var host = await StartAsync(server);
        await using var client = await ClientAsync(server);
        var replies = AtClient($"{_queue}-replies");
        var problems = 0;
        foreach (var (index, plain) in Questions.All.Index())
        {
            // Half of them have their parameters beside the body, the others in it; formats in turn.
            var question = plain.With("format", Formats[index % Formats.Length]);
            await client.SendAsync(AtClient(_queue), index % 2 == 0
                ? new($"{index}", question.Operation, question.Parameters) { ReplyTo = replies }
                : new($"{index}", question.Operation, [])
                {
                    ReplyTo = replies,
                    Body = index % 4 == 1 ? question.Query() : JsonSerializer.Serialize(question.Parameters.ToDictionary()),
                    ContentType = index % 4 == 1 ? "" : "application/json",
                });
            var reply = await client.ReceiveAsync(replies);
            var (status, body) = await host.HttpAsync(question.Address);

            Assert.Equal(($"{index}", status), (reply.Id, reply.Status));
            if (status == 200)
            {
                Assert.Equal(body, reply.Text);
            }
            else
            {
                problems++;
                Assert.Equal("application/problem+json", reply.ContentType);
                Assert.Equal(DetailOf(body), DetailOf(reply.Text));
            }
        }

        Assert.True(problems is > 3 and < 50, $"{problems} problems");
        Assert.Equal((Questions.All.Count, problems, 0), (host.Channel.Requests, host.Channel.Problems, host.Channel.Failures));
    }

    [Fact]
    public async Task A_message_that_cannot_be_answered_goes_to_the_dead_letters_with_its_reason()
    {
        var server = await broker.ServerAsync();
        await using var host = await StartAsync(server);
        await using var client = await ClientAsync(server);

        await client.SendAsync(AtClient(_queue), new("7", "rates", [new("base", "EUR")]) { Body = "quotes=USD" });
        var dead = await client.ReceiveAsync(AtClient($"{_queue}.dead"));

        Assert.Equal(("7", "quotes=USD", "EUR"), (dead.Id, dead.Text, dead.Properties["base"]));
        Assert.Equal("The message has no reply-to: nobody can get the answer", dead.Properties["x-reason"]);
        await Eventually.IsAsync(() => host.Channel.DeadLetters == 1, Token);
        Assert.Equal(dead.Properties["x-reason"], host.Channel.LastFailure);

        await client.SendAsync(AtClient(_queue), new("9", "rates", []) { ReplyTo = Nowhere });
        dead = await client.ReceiveAsync(AtClient($"{_queue}.dead"));
        Assert.Equal("9", dead.Id);
        Assert.StartsWith($"The answer cannot be delivered to '{Nowhere}': ", dead.Properties["x-reason"], StringComparison.Ordinal);

        // The channel goes on.
        await client.SendAsync(AtClient(_queue), new("8", "nonsense", []) { ReplyTo = AtClient($"{_queue}-replies") });
        Assert.Equal(404, (await client.ReceiveAsync(AtClient($"{_queue}-replies"))).Status);
    }

    [Fact]
    public async Task A_flood_is_bounded_by_prefetch()
    {
        var server = await broker.ServerAsync();
        await using var host = await StartAsync(server, ("q:Prefetch", $"{Prefetch}"));
        await using var client = await ClientAsync(server);
        await using var look = await RabbitTestClient.ConnectAsync(server.Address);
        host.History.Hold();
        for (var index = 0; index < Flood; index++)
        {
            await client.SendAsync(AtClient(_queue), new($"{index}", "history", [new("quotes", "USD"), new("from", "2026-08-12")])
            {
                ReplyTo = AtClient($"{_queue}-replies"),
            });
        }

        // All others wait at the broker, and go on waiting there.
        await Eventually.IsAsync(
            async () => await look.Channel.MessageCountAsync(_queue, Token) == Flood - Prefetch,
            () => "the flood waits at the broker", Token);
        Assert.Equal(0, host.Channel.Requests);

        host.History.Release();
        HashSet<string> answered = [];
        while (answered.Count < Flood)
        {
            answered.Add((await client.ReceiveAsync(AtClient($"{_queue}-replies"))).Id);
        }

        await Eventually.IsAsync(() => Task.FromResult(host.Channel.Requests == Flood), () => $"{host.Channel}", Token);
    }

    [Fact]
    public async Task Changes_are_sent()
    {
        var server = await broker.ServerAsync();
        await using var look = await RabbitTestClient.ConnectAsync(server.Address);
        await look.Channel.ExchangeDeclareAsync($"{_queue}-x", "topic", durable: true, autoDelete: false, cancellationToken: Token);
        await look.DeclareAsync($"{_queue}-changes");
        await look.Channel.QueueBindAsync($"{_queue}-changes", $"{_queue}-x", "ecb.*", cancellationToken: Token);
        await using var host = await StartAsync(server, ("q:Events", ExchangeOf($"{_queue}-x")));
        await Eventually.IsAsync(() => host.Services.GetRequiredService<Api.CurrentBook>().Followers == 1, Token);
        await using var client = await ConnectAsync(server);

        var published = await host.PublishAsync("1.2345");
        var change = await client.ReceiveAsync(AtClient($"{_queue}-changes"));
        var data = JsonDocument.Parse(change.Text).RootElement;

        Assert.Equal(("ecb", published.Version), (data.GetProperty("provider").GetString(), data.GetProperty("version").GetString()));
        Assert.StartsWith("ecb.", change.Subject, StringComparison.Ordinal);
        await Eventually.IsAsync(() => host.Channel.Changes == 1, Token);
    }

    [Fact]
    public async Task A_broker_that_goes_and_comes_back_loses_no_request_and_no_change()
    {
        var server = await broker.ServerAsync();
        await using var host = await StartAsync(server, ("q:Prefetch", $"{Prefetch}"), ("q:Events", AddressOfChanges));
        var replies = AtClient($"{_queue}-replies");
        var sent = 0;
        await using (var client = await ClientAsync(server))
        {
            for (; sent < Flood; sent++)
            {
                await client.SendAsync(AtClient(_queue), new($"{sent}", "rates", [new("quotes", "USD")]) { ReplyTo = replies });
            }

            await Eventually.IsAsync(() => host.Channel.Requests > 20, Token);
            await server.KillAsync();
        }

        await Eventually.IsAsync(() => !host.Channel.IsOpen, Token);
        var published = await host.PublishAsync("1.3456");
        await server.StartAgainAsync(Token);

        await using var again = await ConnectAsync(server);
        HashSet<string> answered = [];
        while (answered.Count < sent)
        {
            var reply = await again.ReceiveAsync(replies);
            Assert.Equal(200, reply.Status);
            answered.Add(reply.Id);
        }

        Assert.True(host.Channel.Failures > 0);
        await Eventually.IsAsync(() => host.Channel.IsOpen, Token);
        while (!(await again.ReceiveAsync(AtClient($"{_queue}-changes"))).Text.Contains(published.Version, StringComparison.Ordinal))
        {
            // Changes before it may come again: each is sent at least once.
        }
    }

    [Fact]
    public async Task The_example_of_the_documentation_runs()
    {
        Python.NeedsModule(Example.Module, Example.Package);
        var server = await broker.ServerAsync();
        await using var host = await ChannelHost.StartAsync(
            ("q:Type", Type), ("q:Address", server.Address), ("q:Queue", OwnAddress("rates")));
        using var folder = new ScratchFolder();
        var script = DocumentedExample.Of(Example.Heading).Replace("amqp://127.0.0.1:5672", server.Address, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.PathOf("example.py"), script, Token);

        var (_, body) = await host.HttpAsync("/v1/convert?from=EUR&to=USD&amount=100&round=2");
        Assert.Equal(
            [JsonDocument.Parse(body).RootElement.GetProperty("result").GetRawText()],
            await Python.RunAsync(folder.PathOf("example.py"), folder.Path));
    }

    private string AddressOfChanges => ExchangeOf($"{_queue}-x");

    private static string? DetailOf(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString();

    private Task<ChannelHost> StartAsync(RabbitServer server, params (string Name, string Value)[] more) => ChannelHost.StartAsync(
        [("q:Type", Type), ("q:Address", server.Address), ("q:Queue", OwnAddress(_queue)), .. more]);

    // The queues of the client, which it makes itself.
    private async Task<IBrokerClient> ClientAsync(RabbitServer server)
    {
        await using var look = await RabbitTestClient.ConnectAsync(server.Address);
        await look.DeclareAsync($"{_queue}-replies");
        await look.DeclareAsync($"{_queue}-changes");
        await look.Channel.ExchangeDeclareAsync($"{_queue}-x", "topic", durable: true, autoDelete: false, cancellationToken: Token);
        await look.Channel.QueueBindAsync($"{_queue}-changes", $"{_queue}-x", "#", cancellationToken: Token);
        return await ConnectAsync(server);
    }
}
