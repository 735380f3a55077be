using Grpc.Core;
using Microsoft.Extensions.Options;
using Rates.Api;
using Rates.Channels.Protocol;

namespace Rates.Channels;

/// <summary>
/// Answers the calls of <c>rates.proto</c>: each is a request for one operation, and its message is the operation's JSON.
/// </summary>
/// <param name="channel">What answers.</param>
/// <param name="listener">Tells when the listener stops: streams end then.</param>
internal sealed class RateServiceAnswers(ChannelServices channel, IHostApplicationLifetime listener) : RateService.RateServiceBase
{
    /// <inheritdoc/>
    public override Task<RatesReply> GetRates(RatesRequest request, ServerCallContext context) =>
        AnswerAsync("rates", request, RatesReply.Parser, context);

    /// <inheritdoc/>
    public override Task<PairReply> GetPair(PairRequest request, ServerCallContext context) =>
        AnswerAsync("pair", request, PairReply.Parser, context);

    /// <inheritdoc/>
    public override Task<ConvertReply> Convert(ConvertRequest request, ServerCallContext context) =>
        AnswerAsync("convert", request, ConvertReply.Parser, context);

    /// <inheritdoc/>
    public override Task<HistoryReply> GetHistory(HistoryRequest request, ServerCallContext context) =>
        AnswerAsync("history", request, HistoryReply.Parser, context);

    /// <inheritdoc/>
    public override Task<ProvidersReply> GetProviders(ProvidersRequest request, ServerCallContext context) =>
        AnswerAsync("providers", request, ProvidersReply.Parser, context);

    /// <inheritdoc/>
    public override Task<CurrenciesReply> GetCurrencies(CurrenciesRequest request, ServerCallContext context) =>
        AnswerAsync("currencies", request, CurrenciesReply.Parser, context);

    /// <inheritdoc/>
    public override async Task Follow(FollowRequest request, IServerStreamWriter<Change> responseStream, ServerCallContext context)
    {
        if (!channel.Block.Allows(Operations.Events))
        {
            throw new RpcException(new(StatusCode.Unimplemented, "This channel sends no events"));
        }

        using var limit = new CancellationTokenSource(
            channel.Host.GetRequiredService<IOptions<ApiOptions>>().Value.LongestEventStream, channel.Time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, limit.Token, listener.ApplicationStopping);
        try
        {
            // Headers show the client that it follows: a change that comes after them is not missed.
            await context.WriteResponseHeadersAsync([]);
            var refused = await channel.Host.GetRequiredService<RateChanges>().FollowAsync(
                new(GrpcMessages.ClientOf(context)) { ApiKey = KeyOf(context), LastId = request.LastEventId },
                async (change, token) =>
                {
                    await responseStream.WriteAsync(GrpcMessages.ChangeOf(change), token);
                    channel.Record.Sent();
                },
                until.Token);
            throw refused is null
                ? new RpcException(new(StatusCode.Unavailable, "The stream ends here; follow again from the last change on"))
                : GrpcMessages.ErrorOf(refused);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new(
                StatusCode.Unavailable, "A stream ends after some time, and when the service stops; follow again from the last change on"));
        }
    }

    private async Task<T> AnswerAsync<T>(
        string operation, Google.Protobuf.IMessage request, Google.Protobuf.MessageParser<T> parser, ServerCallContext context)
        where T : Google.Protobuf.IMessage<T>
    {
        var answer = await channel.Answerer.AnswerAsync(
            new(operation) { Parameters = GrpcMessages.ParametersOf(operation, request), ApiKey = KeyOf(context) },
            context.CancellationToken);
        return answer.IsSuccess ? GrpcMessages.Read(answer, parser) : throw GrpcMessages.ErrorOf(answer);
    }

    private static string KeyOf(ServerCallContext context) => context.RequestHeaders.GetValue("x-api-key")
        ?? (context.RequestHeaders.GetValue("authorization") is { } text && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? text["Bearer ".Length..].Trim()
            : "");
}
