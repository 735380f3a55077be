using System.Globalization;
using System.Text;
using NetMQ;
using NetMQ.Sockets;
using Rates.Api;

namespace Rates.Channels;

/// <summary>
/// Answers requests on a ROUTER socket and sends changes on a PUB socket, with the provider's key as the topic. Sockets of this library
/// belong to one thread: a poller's. Answers and changes come to it through queues.
/// </summary>
internal sealed class ZeroSockets(ChannelServices channel) : IChannel
{
    private static readonly byte[][] NoFrames = [];

    /// <summary>Its settings.</summary>
    public static ChannelType Type { get; } = new(
        "zeromq",
        [
            nameof(ChannelOptions.Events), nameof(ChannelOptions.Prefetch), nameof(ChannelOptions.CurveKeyFile),
            nameof(ChannelOptions.AllowPlain),
        ],
        ZeroOptions.Problems,
        channel => new ZeroSockets(channel));

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new Failure();
        using var router = new RouterSocket();
        using var publisher = new PublisherSocket();
        using var replies = new NetMQQueue<NetMQMessage>();
        using var changes = new NetMQQueue<NetMQMessage>();
        using var poller = new NetMQPoller { replies, changes };
        router.Options.ReceiveHighWatermark = channel.Options.Prefetch;
        Bind(router, channel.Options.Address);
        if (channel.Block.SendsChanges)
        {
            Bind(publisher, channel.Options.Events);
        }

        var inHand = 0;
        router.ReceiveReady += (_, _) => failure.Guard(() =>
        {
            // Further requests wait in the socket, and then at the clients.
            while (inHand < channel.Options.Prefetch)
            {
                var request = new NetMQMessage();
                if (!router.TryReceiveMultipartMessage(ref request))
                {
                    return;
                }

                inHand++;
                _ = Task.Run(
                    () => failure.GuardAsync(async () => replies.Enqueue(await AnswerAsync(request, ended.Token)), ended.Token),
                    CancellationToken.None);
            }

            poller.Remove(router);
        });
        replies.ReceiveReady += (_, _) => failure.Guard(() =>
        {
            while (replies.TryDequeue(out var reply, TimeSpan.Zero))
            {
                // A client that is gone has no answer coming; the socket drops it.
                router.TrySendMultipartMessage(reply);
                if (inHand-- == channel.Options.Prefetch)
                {
                    poller.Add(router);
                }
            }
        });
        changes.ReceiveReady += (_, _) => failure.Guard(() =>
        {
            while (changes.TryDequeue(out var change, TimeSpan.Zero))
            {
                publisher.TrySendMultipartMessage(change);
            }
        });
        poller.Add(router);
        poller.RunAsync($"rates {channel.Block.Name}");
        var following = channel.FollowAsync(
            failure,
            (change, _) =>
            {
                changes.Enqueue(MessageOf(change));
                return Task.FromResult(true);
            },
            ended.Token);
        channel.Record.Opened();
        try
        {
            await failure.ThrowAsync(following, ended, cancellationToken);
        }
        finally
        {
            poller.Stop();
        }
    }

    private void Bind(NetMQSocket socket, string address)
    {
        socket.Options.Linger = TimeSpan.Zero;
        if (channel.Options.CurveKeyFile.Length > 0)
        {
            socket.Options.CurveServer = true;
            socket.Options.CurveCertificate = ZeroOptions.Certificate(channel.Options.CurveKeyFile);
        }

        socket.Bind(address);
    }

    // Everything up to the empty frame comes back as it is: the client's identity, and what a DEALER put behind it to know its request by.
    private async Task<NetMQMessage> AnswerAsync(NetMQMessage message, CancellationToken cancellationToken)
    {
        byte[][] frames = [.. message.Select(frame => frame.ToByteArray())];
        var envelope = Array.FindIndex(frames, 1, frame => frame.Length == 0);
        var body = envelope < 0 ? NoFrames : frames[(envelope + 1)..];
        var answer = await channel.Answerer.AnswerAsync(
            new(Text(body, 0)) { Body = body.Length > 1 ? body[1] : [], Accept = Text(body, 2), ApiKey = Text(body, 3) },
            cancellationToken);
        var reply = new NetMQMessage();
        foreach (var frame in envelope < 0 ? frames[..1] : frames[..envelope])
        {
            reply.Append(frame);
        }

        reply.AppendEmptyFrame();
        reply.Append(answer.Status.ToString(CultureInfo.InvariantCulture));
        reply.Append(answer.ContentType);
        reply.Append(answer.Body.ToArray());
        return reply;
    }

    private static NetMQMessage MessageOf(ChangeMessage change)
    {
        var message = new NetMQMessage();
        message.Append(change.Provider);
        message.Append(change.Name);
        message.Append(change.Id);
        message.Append(change.Json.ToArray());
        return message;
    }

    private static string Text(byte[][] frames, int index) => frames.Length > index ? Encoding.UTF8.GetString(frames[index]) : "";
}
