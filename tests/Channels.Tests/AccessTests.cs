using System.Diagnostics.Metrics;
using System.Text.Json;
using Grpc.Core;
using NetMQ;
using NetMQ.Sockets;
using Rates.Channels.Protocol;
using Rates.Store;
using Rates.Testing;
using ClientChannel = Grpc.Net.Client.GrpcChannel;

namespace Rates.Channels.Tests;

/// <summary>A channel answers whom HTTP answers, and operators see what it does.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly string _grpc = ChannelHost.FreeAddress("http");
    private readonly string _open = ChannelHost.FreeAddress("tcp");
    private readonly string _closed = ChannelHost.FreeAddress("tcp");
    private readonly ScratchFolder _folder = new();
    private ChannelHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.PathOf("key"), "not made yet", Token);
        _host = await ChannelHost.StartAsync(
            ("Rates:Access:OpenReads", "false"), ("a-typed:Type", "grpc"), ("a-typed:Address", _grpc), ("b-closed:Type", "zeromq"),
            ("b-closed:Address", _closed), ("b-closed:Events", ChannelHost.FreeAddress("tcp")), ("c-keyed:Type", "zeromq"),
            ("c-keyed:Address", _open), ("c-keyed:KeyFile", _folder.PathOf("key")), ("c-keyed:Operations", "rates"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reads_that_are_closed_need_a_key_of_the_client_or_of_the_channel()
    {
        var key = await _host.NewKeyAsync(AccessRole.Read);
        await File.WriteAllTextAsync(_folder.PathOf("key"), $"{key}\n", Token);

        Assert.Equal("401", Ask(_closed, "rates", "quotes=USD"));
        Assert.Equal("401", Ask(_closed, "rates", "quotes=USD", "", $"{key}x"));
        Assert.Equal("200", Ask(_closed, "rates", "quotes=USD", "", key));
        Assert.Equal("200", Ask(_open, "rates", "quotes=USD"));

        Assert.Equal("400", Ask(_open, "rates", "quotes=nothing"));
        var measured = Measured.Read(_host.Services.GetRequiredService<IMeterFactory>(), "rates.channel.requests");
        Assert.Equal((2, 1), (measured["rates.channel.requests b-closed refused"], measured["rates.channel.requests b-closed answered"]));
        Assert.Equal((1, 1), (measured["rates.channel.requests c-keyed problem"], measured["rates.channel.requests c-keyed answered"]));

        using var channel = ClientChannel.ForAddress(_grpc);
        var client = new RateService.RateServiceClient(channel);
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => client.GetRatesAsync(new(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        using var following = client.Follow(new(), cancellationToken: Token);
        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Assert.ThrowsAsync<RpcException>(() => following.ResponseStream.MoveNext(Token))).StatusCode);
        Assert.Equal("EUR", (await client.GetRatesAsync(new(), new Metadata { { "x-api-key", key } }, cancellationToken: Token)).Base);
        Metadata bearer = new() { { "authorization", $"Bearer {key}" } };
        Assert.Equal("EUR", (await client.GetRatesAsync(new(), bearer, cancellationToken: Token)).Base);
    }

    [Fact]
    public async Task Changes_are_not_sent_without_a_key_and_the_channel_says_so()
    {
        await Eventually.IsAsync(() => _host.Channels[1].LastFailure is not null, Token);

        Assert.StartsWith("Changes are not sent: ", _host.Channels[1].LastFailure, StringComparison.Ordinal);
        Assert.True(_host.Channels[1].IsOpen);
    }

    [Fact]
    public async Task Operators_see_each_channel_with_its_counts()
    {
        var (reader, operators) = (await _host.NewKeyAsync(AccessRole.Read), await _host.NewKeyAsync(AccessRole.Ops));
        Assert.Equal("401", Ask(_open, "rates", ""));
        Assert.Equal("404", Ask(_open, "convert", "from=EUR&to=USD"));

        Assert.Equal(401, (await _host.HttpAsync("/v1/ops/channels")).Status);
        Assert.Equal(403, (await _host.HttpAsync("/v1/ops/channels", reader)).Status);
        var (status, body) = await _host.HttpAsync("/v1/ops/channels", operators);
        Assert.Equal(200, status);
        var channels = JsonDocument.Parse(body).RootElement.EnumerateArray().ToList();
        Assert.Equal(["a-typed", "b-closed", "c-keyed"], channels.Select(channel => channel.GetProperty("name").GetString()));
        Assert.Equal((2, 2), (channels[2].GetProperty("requests").GetInt32(), channels[2].GetProperty("problems").GetInt32()));
        Assert.Equal("rates", Assert.Single(channels[2].GetProperty("operations").EnumerateArray()).GetString());
        Assert.Equal(_open, channels[2].GetProperty("address").GetString());
        var (_, page) = await _host.HttpAsync("/ops?tab=workers", operators);
        Assert.Contains($"""<td data-label="Address">{_open}</td><td class="figure" data-label="Requests">2</td>""", page,
            StringComparison.Ordinal);
    }

    private static string Ask(string address, params string[] frames)
    {
        using var client = new RequestSocket(address);
        var message = new NetMQMessage();
        foreach (var frame in frames)
        {
            message.Append(frame);
        }

        client.SendMultipartMessage(message);
        Assert.True(client.TryReceiveFrameString(TimeSpan.FromMinutes(1), out var status));
        return status;
    }
}
