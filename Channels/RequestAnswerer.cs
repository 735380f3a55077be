using Rates.Api;

namespace Rates.Channels;

/// <summary>Answers the requests of one channel with the answers of the Api, and counts them.</summary>
internal sealed class RequestAnswerer(ChannelBlock block, Operations operations, ChannelRecord record)
{
    private readonly SecretFile _key = new(block.Options.KeyFile);

    /// <summary>Answers a request; one that cannot be answered gets a problem.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<OperationAnswer> AnswerAsync(ChannelRequest request, CancellationToken cancellationToken)
    {
        record.Begun();
        try
        {
            var answer = await AnswerUncountedAsync(request, cancellationToken);
            record.Answered(answer.Status);
            return answer;
        }
        catch
        {
            record.GivenUp();
            throw;
        }
    }

    /// <summary>The API key that a request without one is answered for; empty for none.</summary>
    public string OwnKey() => _key.Read();

    private Task<OperationAnswer> AnswerUncountedAsync(ChannelRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.Length > ChannelRequest.MaxBody)
        {
            return Problem(
                StatusCodes.Status413PayloadTooLarge,
                $"The body has {request.Body.Length} bytes, at most {ChannelRequest.MaxBody} are read");
        }

        if (request.Operation.Length == 0 || request.Operation == Operations.Events || !block.Allows(request.Operation))
        {
            var allowed = string.Join(", ", block.Operations.Where(name => name != Operations.Events));
            return Problem(
                StatusCodes.Status404NotFound,
                request.Operation.Length == 0
                    ? $"The request names no operation; this channel answers {allowed}"
                    : $"operation: '{Cut(request.Operation)}' is not answered by this channel, which answers {allowed}");
        }

        try
        {
            return operations.AnswerAsync(
                new(request.Operation, [.. request.Parameters, .. RequestBody.Parameters(request.ContentType, request.Body)])
                {
                    Accept = request.Accept,
                    ApiKey = request.ApiKey.Length > 0 ? request.ApiKey : OwnKey(),
                },
                cancellationToken);
        }
        catch (FormatException unreadable)
        {
            return Problem(StatusCodes.Status400BadRequest, unreadable.Message);
        }
    }

    private static Task<OperationAnswer> Problem(int status, string detail) => Task.FromResult(OperationAnswer.Problem(status, detail));

    private static string Cut(string text) => text.Length <= 64 ? text : text[..64];
}
