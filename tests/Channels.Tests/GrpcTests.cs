using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Rates.Channels.Protocol;
using ClientChannel = Grpc.Net.Client.GrpcChannel;

namespace Rates.Channels.Tests;

/// <summary>The gRPC channel, asked by the .NET client.</summary>
public sealed class GrpcTests : IAsyncLifetime
{
    private readonly string _address = ChannelHost.FreeAddress("http");
    private ChannelHost _host = null!;
    private ClientChannel _channel = null!;
    private RateService.RateServiceClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ChannelHost.StartAsync(("g:Type", "grpc"), ("g:Address", _address));
        _channel = ClientChannel.ForAddress(_address);
        _client = new(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_hundred_questions_have_the_same_figures_as_over_HTTP()
    {
        var (answered, problems) = (0, 0);
        foreach (var question in Questions.All)
        {
            var http = await HttpAsync(question);
            try
            {
                var message = await AskAsync(question);
                answered++;

                // The same members with the same texts, down to the last: none is lost on the way.
                Assert.True(http.Status == 200, $"{question}: {http.Status}");
                Assert.Equal(Facts(Whole(http.Body)), Facts(JsonDocument.Parse(JsonFormatter.Default.Format(message)).RootElement));
            }
            catch (RpcException refused)
            {
                problems++;
                var problem = JsonDocument.Parse(refused.Trailers.GetValueBytes("problem-bin")).RootElement;
                Assert.Equal(http.Status, problem.GetProperty("status").GetInt32());
                Assert.Equal(DetailOf(http.Body), refused.Status.Detail);
            }
        }

        Assert.True(answered > 50 && problems > 3, $"{answered} answers, {problems} problems");
        Assert.Equal((Questions.All.Count, problems), (_host.Channel.Requests, (int)_host.Channel.Problems));
    }

    [Fact]
    public async Task The_client_of_Python_reads_the_same()
    {
        Python.NeedsModule("grpc", "python3-grpcio");
        using var folder = new ScratchFolder();
        WriteDescriptors(folder.PathOf("rates.pb"));
        var asked = Questions.All.Where(question => question.Operation is not ("providers" or "currencies"))
            .Append(new("currencies", [])).Append(new("providers", [])).ToList();
        var questions = asked.Select(question => $$"""{"method":"{{MethodOf(question)}}","request":{{Request(question)}}}""");

        var lines = await Python.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "grpc_client.py"), folder.Path, new Uri(_address).Authority, "rates.pb",
            $"[{string.Join(',', questions)}]");

        Assert.Equal(asked.Count, lines.Count);
        foreach (var (question, line) in asked.Zip(lines))
        {
            var (status, body) = await HttpAsync(question);
            var answer = JsonDocument.Parse(line).RootElement;
            if (answer.TryGetProperty("error", out _))
            {
                Assert.NotEqual(200, status);
                Assert.Equal(DetailOf(body), answer.GetProperty("detail").GetString());
            }
            else
            {
                Assert.Equal(Facts(Whole(body)), Facts(answer));
            }
        }
    }

    [Fact]
    public async Task The_example_of_the_documentation_runs()
    {
        Python.NeedsModule("grpc", "python3-grpcio");
        using var folder = new ScratchFolder();
        WriteDescriptors(folder.PathOf("rates.pb"));
        var script = DocumentedExample.Of("gRPC").Replace("127.0.0.1:5081", new Uri(_address).Authority, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.PathOf("example.py"), script, Token);

        var (_, body) = await _host.HttpAsync("/v1/convert?from=EUR&to=USD&amount=100&round=2");
        Assert.Equal(
            [JsonDocument.Parse(body).RootElement.GetProperty("result").GetRawText()],
            await Python.RunAsync(folder.PathOf("example.py"), folder.Path));
    }

    [Theory]
    [InlineData("base=nonsense", StatusCode.InvalidArgument)]
    [InlineData("base=QQQ", StatusCode.NotFound)]
    public async Task A_problem_is_an_error_with_its_status(string query, StatusCode code)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => _client.GetRatesAsync(new() { Base = query["base=".Length..] }, cancellationToken: Token).ResponseAsync);

        Assert.Equal(code, refused.StatusCode);
        Assert.StartsWith("base: ", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_followed_as_they_happen_and_from_the_last_one_on()
    {
        using var first = _client.Follow(new(), cancellationToken: Token);
        await first.ResponseHeadersAsync;
        await Rates.Testing.Eventually.IsAsync(() => Followers == 1, Token);
        var published = await _host.PublishAsync("1.2001");

        Assert.True(await first.ResponseStream.MoveNext(Token));
        var change = first.ResponseStream.Current;
        Assert.Equal(("ecb", published.Version), (change.Provider, change.Version));
        Assert.Contains(change.Event, new[] { "published", "revised" });

        using var later = _client.Follow(new() { LastEventId = "1600000000000-a:1" }, cancellationToken: Token);
        List<string> seen = [];
        while (seen.Count < 3 && await later.ResponseStream.MoveNext(Token))
        {
            seen.Add(later.ResponseStream.Current.Provider);
        }

        Assert.Equal(["boc", "ecb", "erapi"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stream_ends_with_the_service_and_does_not_hold_it_up()
    {
        using var following = _client.Follow(new(), cancellationToken: Token);
        await following.ResponseHeadersAsync;

        var stopping = _host.StopAsync();
        var ended = await Assert.ThrowsAsync<RpcException>(() => following.ResponseStream.MoveNext(Token));
        await stopping;

        Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
        Assert.StartsWith("A stream ends", ended.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_and_reflection_answer()
    {
        var health = await new Health.HealthClient(_channel).CheckAsync(new(), cancellationToken: Token);
        using var reflection = new ServerReflection.ServerReflectionClient(_channel).ServerReflectionInfo(cancellationToken: Token);
        await reflection.RequestStream.WriteAsync(new() { ListServices = "" }, Token);
        Assert.True(await reflection.ResponseStream.MoveNext(Token));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Contains("rates.v1.RateService", reflection.ResponseStream.Current.ListServicesResponse.Service.Select(one => one.Name));
    }

    private int Followers => _host.Services.GetRequiredService<Api.CurrentBook>().Followers;

    // Decimals are texts in every message.
    private Task<(int Status, string Body)> HttpAsync(Question question) => _host.HttpAsync(
        (question.Operation is "providers" or "currencies" ? question : question.With("numbers", "string")).Address);

    private static void WriteDescriptors(string path) => File.WriteAllBytes(
        path,
        new FileDescriptorSet { File = { FileDescriptorProto.Parser.ParseFrom(RatesReflection.Descriptor.SerializedData) } }.ToByteArray());

    private static string MethodOf(Question question) => question.Operation switch
    {
        "convert" => "Convert",
        var name => $"Get{char.ToUpperInvariant(name[0])}{name[1..]}",
    };

    private static string Request(Question question) => $"{{{string.Join(',', question.Parameters.Select(one =>
        $"\"{one.Key}\":{(one.Key is "quotes" or "providers"
            ? JsonSerializer.Serialize(one.Value.Split(','))
            : JsonSerializer.Serialize(one.Value))}"))}}}";

    private async Task<IMessage> AskAsync(Question question)
    {
        var text = Request(question);
        return question.Operation switch
        {
            "rates" => await _client.GetRatesAsync(JsonParser.Default.Parse<RatesRequest>(text), cancellationToken: Token),
            "pair" => await _client.GetPairAsync(JsonParser.Default.Parse<PairRequest>(text), cancellationToken: Token),
            "convert" => await _client.ConvertAsync(JsonParser.Default.Parse<ConvertRequest>(text), cancellationToken: Token),
            "history" => await _client.GetHistoryAsync(JsonParser.Default.Parse<HistoryRequest>(text), cancellationToken: Token),
            "providers" => await _client.GetProvidersAsync(new(), cancellationToken: Token),
            _ => await _client.GetCurrenciesAsync(new(), cancellationToken: Token),
        };
    }

    private static string? DetailOf(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString();

    private static JsonElement Whole(string body) => JsonDocument.Parse(body).RootElement is { ValueKind: JsonValueKind.Array } list
        ? JsonDocument.Parse($"{{\"list\":{list.GetRawText()}}}").RootElement
        : JsonDocument.Parse(body).RootElement;

    // Every value with its path. What is empty, false or 0 is left out: a message does not tell it from what is not set.
    private static SortedSet<string> Facts(JsonElement json)
    {
        SortedSet<string> facts = new(StringComparer.Ordinal);
        Add(json, "");
        return facts;

        void Add(JsonElement element, string path)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                    {
                        Add(member.Value, path.Length == 0 && member.Value.ValueKind == JsonValueKind.Array
                            && member.Name is "list" or "providers" or "currencies" ? "/list" : $"{path}/{member.Name}");
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in element.EnumerateArray().Index())
                    {
                        Add(item, $"{path}/{index}");
                    }

                    break;
                case JsonValueKind.False:
                    break;
                default:
                    if (element.ToString() is not ("" or "0"))
                    {
                        facts.Add($"{path}={element}");
                    }

                    break;
            }
        }
    }
}
