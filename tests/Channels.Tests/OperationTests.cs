using Google.Protobuf.Reflection;
using Rates.Api;
using Rates.Channels.Protocol;

namespace Rates.Channels.Tests;

/// <summary>Every channel has the same operations as HTTP, with the same parameters.</summary>
public sealed class OperationTests
{
    // They choose how an answer is written, which a typed message decides itself.
    private static readonly string[] OfFormats = ["format", "numbers", "separator", "decimal", "bom"];

    private static readonly Dictionary<string, MessageDescriptor> Requests = new(StringComparer.Ordinal)
    {
        ["rates"] = RatesRequest.Descriptor,
        ["pair"] = PairRequest.Descriptor,
        ["convert"] = ConvertRequest.Descriptor,
        ["history"] = HistoryRequest.Descriptor,
        ["providers"] = ProvidersRequest.Descriptor,
        ["currencies"] = CurrenciesRequest.Descriptor,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_messages_of_rates_proto_have_the_parameters_of_HTTP()
    {
        await using var host = await ChannelHost.StartAsync();

        foreach (var operation in host.Services.GetRequiredService<Operations>().All)
        {
            Assert.Equal(
                operation.Parameters.Except(OfFormats).Order(StringComparer.Ordinal),
                Requests[operation.Name].Fields.InDeclarationOrder().Select(field => field.JsonName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_operation_answers_the_bytes_and_the_status_of_HTTP()
    {
        await using var host = await ChannelHost.StartAsync();
        var operations = host.Services.GetRequiredService<Operations>();
        var problems = 0;
        foreach (var question in Questions.All)
        {
            foreach (var format in new[] { "json", "xml", "csv" })
            {
                var asked = question.With("format", format);
                var (status, body) = await host.HttpAsync(asked.Address);
                var answer = await operations.AnswerAsync(new(asked.Operation, asked.Parameters), Token);

                Assert.True(status == answer.Status, $"{asked}: {status} over HTTP, {answer.Status} here");
                problems += answer.IsSuccess ? 0 : 1;
                if (answer.IsSuccess)
                {
                    Assert.Equal(body, System.Text.Encoding.UTF8.GetString(answer.Body.Span));
                }
                else
                {
                    Assert.Equal(System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString(), answer.Detail);
                }
            }
        }

        Assert.InRange(problems, 10, 100);
    }

    [Theory]
    [InlineData("mates", "", 404, "operation: 'mates' is not one of rates, pair, convert, history, providers, currencies")]
    [InlineData("pair", "base=EUR", 400, "quote: is missing")]
    [InlineData("pair", "base=EUR&base=USD&quote=GBP", 400, "base: is given more than once")]
    [InlineData("rates", "bass=EUR", 400, "bass: ")]
    [InlineData("rates", "accept=1", 400, "accept: ")]
    public async Task A_request_that_cannot_be_answered_gets_a_problem(string operation, string query, int status, string detail)
    {
        await using var host = await ChannelHost.StartAsync();
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));

        var answer = await host.Services.GetRequiredService<Operations>().AnswerAsync(new(operation, [.. parameters]), Token);

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.StartsWith(detail, answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_nobody_foresaw_is_a_problem_and_no_exception()
    {
        await using var host = await ChannelHost.StartAsync();
        host.Store.IsBroken = true;

        var answer = await host.Services.GetRequiredService<Operations>().AnswerAsync(
            new("history", [new("quotes", "USD"), new("from", "2026-08-12")]), Token);

        Assert.Equal(500, answer.Status);
        Assert.StartsWith("The request failed unexpectedly", answer.Detail, StringComparison.Ordinal);
    }
}
