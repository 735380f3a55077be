using System.Diagnostics.Metrics;
using System.Text.Json;
using NetMQ;
using NetMQ.Sockets;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The channel over ZeroMQ.</summary>
public sealed class ZeroMqTests
{
    private const int Flood = 300;
    private const int Prefetch = 5;

    private static readonly string[] Formats = ["json", "xml", "csv"];

    private readonly string _address = ChannelHost.FreeAddress("tcp");
    private readonly string _events = ChannelHost.FreeAddress("tcp");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_questions_have_the_same_answers_as_over_HTTP()
    {
        await using var host = await StartAsync();
        using var client = new RequestSocket(_address);
        var problems = 0;
        foreach (var (index, plain) in Questions.All.Index())
        {
            var question = plain.With("format", Formats[index % Formats.Length]);
            client.SendMoreFrame(question.Operation).SendFrame(question.Query());
            var (status, type, text) = Reply(client);
            var http = await host.HttpAsync(question.Address);

            Assert.Equal(http.Status, status);
            if (status == 200)
            {
                Assert.Equal(http.Body, text);
            }
            else
            {
                problems++;
                Assert.Equal("application/problem+json", type);
            }
        }

        Assert.Equal((Questions.All.Count, problems), (host.Channel.Requests, host.Channel.Problems));
        Assert.InRange(problems, 4, 49);
    }

    [Fact]
    public async Task A_flood_is_bounded_and_each_answer_comes_with_what_the_client_put_before_its_request()
    {
        await using var host = await StartAsync(("z:Prefetch", $"{Prefetch}"));
        using var client = new DealerSocket(_address);
        host.History.Hold();
        for (var index = 0; index < Flood; index++)
        {
            client.SendMoreFrame($"{index}").SendMoreFrameEmpty().SendMoreFrame("history").SendFrame("quotes=USD&from=2026-08-12");
        }

        await Eventually.IsAsync(() => host.Channel.InHand == Prefetch, Token);
        Assert.Equal(0, host.Channel.Requests);
        var measured = Measured.Read(host.Services.GetRequiredService<IMeterFactory>(), "rates.channel");
        Assert.Equal((Prefetch, 1), (measured["rates.channel.in_progress z"], measured["rates.channel.open z"]));
        host.History.Release();
        HashSet<string> answered = [];
        while (answered.Count < Flood)
        {
            var frames = new NetMQMessage();
            Assert.True(client.TryReceiveMultipartMessage(Eventually.Limit, ref frames));
            Assert.Equal("200", frames[2].ConvertToString());
            Assert.True(host.Channel.InHand <= Prefetch, $"{host.Channel.InHand} in hand");
            answered.Add(frames[0].ConvertToString());
        }
    }

    [Fact]
    public async Task Changes_have_the_provider_as_topic()
    {
        await using var host = await StartAsync(("z:Events", _events));
        using var every = new SubscriberSocket(_events);
        using var other = new SubscriberSocket(_events);
        every.Subscribe("ecb");
        other.Subscribe("boc");
        await Eventually.IsAsync(() => host.Services.GetRequiredService<Api.CurrentBook>().Followers == 1, Token);

        // A subscription takes effect some time after it is made: changes go on until one arrives.
        List<string> published = [];
        var change = new NetMQMessage();
        await Eventually.IsAsync(
            async () =>
            {
                published.Add((await host.PublishAsync($"1.2{published.Count:000}")).Version);
                return every.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(50), ref change);
            },
            () => "a change arrives", Token);

        Assert.Equal("ecb", change[0].ConvertToString());
        Assert.Contains(change[2].ConvertToString(), published);
        Assert.Equal("ecb", JsonDocument.Parse(change[3].ToByteArray()).RootElement.GetProperty("provider").GetString());
        Assert.False(other.TryReceiveFrameBytes(TimeSpan.Zero, out _));
    }

    [Fact]
    public async Task With_a_key_only_clients_that_know_the_servers_key_are_answered()
    {
        using var folder = new ScratchFolder();
        var server = new NetMQCertificate();
        await File.WriteAllTextAsync(folder.PathOf("key"), server.SecretKeyZ85, Token);
        await using var host = await StartAsync(("z:CurveKeyFile", folder.PathOf("key")));

        using var stranger = new DealerSocket(_address);
        using var client = new RequestSocket();
        client.Options.CurveServerKey = server.PublicKey;
        client.Options.CurveCertificate = new NetMQCertificate();
        client.Connect(_address);
        stranger.SendMoreFrameEmpty().SendMoreFrame("rates").SendFrame("quotes=USD");
        client.SendMoreFrame("rates").SendFrame("quotes=USD");

        Assert.Equal(200, Reply(client).Status);
        Assert.Equal(1, host.Channel.Requests);
        Assert.False(stranger.TryReceiveFrameBytes(TimeSpan.Zero, out _));
    }

    [Fact]
    public async Task A_message_without_an_operation_is_answered_with_a_problem_and_the_channel_goes_on()
    {
        await using var host = await StartAsync();
        using var client = new DealerSocket(_address);

        client.SendFrame("nonsense");
        var frames = new NetMQMessage();
        Assert.True(client.TryReceiveMultipartMessage(Eventually.Limit, ref frames));
        Assert.Equal("404", frames[1].ConvertToString());

        client.SendMoreFrameEmpty().SendMoreFrame("convert").SendFrame("from=EUR&to=USD&amount=1");
        Assert.True(client.TryReceiveMultipartMessage(Eventually.Limit, ref frames));
        Assert.Equal("200", frames[1].ConvertToString());
    }

    [Fact]
    public async Task The_example_of_the_documentation_runs()
    {
        Python.NeedsModule("zmq", "python3-zmq");
        await using var host = await StartAsync();
        using var folder = new ScratchFolder();
        var script = DocumentedExample.Of("ZeroMQ").Replace("tcp://127.0.0.1:5557", _address, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.PathOf("example.py"), script, Token);

        var (_, body) = await host.HttpAsync("/v1/convert?from=EUR&to=USD&amount=100&round=2");
        Assert.Equal(
            [JsonDocument.Parse(body).RootElement.GetProperty("result").GetRawText()],
            await Python.RunAsync(folder.PathOf("example.py"), folder.Path));
    }

    private Task<ChannelHost> StartAsync(params (string Name, string Value)[] more) =>
        ChannelHost.StartAsync([("z:Type", "zeromq"), ("z:Address", _address), .. more]);

    private static (int Status, string Type, string Text) Reply(RequestSocket client)
    {
        var frames = new NetMQMessage();
        Assert.True(client.TryReceiveMultipartMessage(Eventually.Limit, ref frames));
        return (frames[0].ConvertToInt32Text(), frames[1].ConvertToString(), frames[2].ConvertToString(System.Text.Encoding.UTF8));
    }
}

/// <summary>Short forms for frames.</summary>
internal static class Frames
{
    public static int ConvertToInt32Text(this NetMQFrame frame) =>
        int.Parse(frame.ConvertToString(), System.Globalization.CultureInfo.InvariantCulture);
}
