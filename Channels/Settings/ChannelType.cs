namespace Rates.Channels;

/// <summary>
/// One kind of transport: its name in the settings, the settings it has, how they are checked, and what makes the channel.
/// </summary>
/// <param name="Name">Its name in the settings, such as <c>grpc</c>.</param>
/// <param name="Settings">The settings it has besides those of every channel. Others are refused, as they would have no effect.</param>
/// <param name="Problems">What is wrong with settings: the setting's name, and the rest of the message with the value.</param>
/// <param name="Create">Makes the channel.</param>
internal sealed record ChannelType(
    string Name, IReadOnlyList<string> Settings, Func<ChannelOptions, IEnumerable<(string Setting, string Problem)>> Problems,
    Func<ChannelServices, IChannel> Create)
{
    /// <summary>Whether it answers requests, or only sends changes.</summary>
    public bool AnswersRequests { get; init; } = true;

    /// <summary>Whether changes are sent with these settings: where they say to what place, unless the type needs none.</summary>
    public Func<ChannelOptions, bool> SendsChanges { get; init; } = options => options.Events.Length > 0;

    /// <summary>The settings of every type.</summary>
    public static IReadOnlyList<string> Common { get; } =
        [nameof(ChannelOptions.Type), nameof(ChannelOptions.Address), nameof(ChannelOptions.Operations), nameof(ChannelOptions.KeyFile)];

    /// <summary>Every type.</summary>
    public static IReadOnlyList<ChannelType> All { get; } =
        [AmqpClient.Type, RabbitClient.Type, ZeroSockets.Type, GrpcListener.Type, RedisStream.Type];

    /// <summary>The type with a name; null when there is none.</summary>
    public static ChannelType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
