using System.IO.Hashing;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;
using StackExchange.Redis;

namespace Rates.Compat.Tests.Surface;

public class SurfaceTests
{
    private static readonly Assembly Client = typeof(ConnectionMultiplexer).Assembly;

    public static TheoryData<Type, int> StandIns => new()
    {
        { typeof(SocketConnection), 60 },
        { typeof(XxHash3), 1 },
    };

    [Theory]
    [MemberData(nameof(StandIns))]
    public void Every_member_that_the_client_binds_to_exists_with_the_same_signature(Type oneOf, int expectedAtLeast)
    {
        using var client = new AssemblyMetadata(Client);
        using var standIn = new AssemblyMetadata(oneOf.Assembly);

        string[] asked = [.. client.MembersAskedOf(oneOf.Assembly.GetName().Name!)];

        Assert.True(asked.Length >= expectedAtLeast, $"Only {asked.Length} references were found.");
        Assert.Empty(asked.Except(standIn.PublicMembers(), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(StandIns))]
    public void Every_type_that_the_client_mentions_is_public(Type oneOf, int _)
    {
        using var client = new AssemblyMetadata(Client);
        using var standIn = new AssemblyMetadata(oneOf.Assembly);

        string[] asked = [.. client.TypesAskedOf(oneOf.Assembly.GetName().Name!)];

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(standIn.PublicTypes(), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(StandIns))]
    public void Assembly_version_is_the_one_the_client_was_built_against(Type oneOf, int _)
    {
        AssemblyName standIn = oneOf.Assembly.GetName();

        AssemblyName reference = Client.GetReferencedAssemblies().Single(name => name.Name == standIn.Name);

        Assert.Equal(reference.Version, standIn.Version);
    }

    [Theory]
    [InlineData(typeof(SocketAwaitableEventArgs), typeof(SocketAsyncEventArgs))]
    [InlineData(typeof(SocketAwaitableEventArgs), typeof(ICriticalNotifyCompletion))]
    [InlineData(typeof(SocketConnection), typeof(IMeasuredDuplexPipe))]
    [InlineData(typeof(SocketConnection), typeof(IDisposable))]
    [InlineData(typeof(IMeasuredDuplexPipe), typeof(IDuplexPipe))]
    [InlineData(typeof(DedicatedThreadPoolPipeScheduler), typeof(PipeScheduler))]
    [InlineData(typeof(DedicatedThreadPoolPipeScheduler), typeof(IDisposable))]
    [InlineData(typeof(ConnectionResetException), typeof(IOException))]
    [InlineData(typeof(Delegates.DelegateEnumerator<Action>), typeof(IDisposable))]
    [InlineData(typeof(Projection<int, int>), typeof(MulticastDelegate))]
    [InlineData(typeof(Projection<int, int, int>), typeof(MulticastDelegate))]
    public void The_client_may_use_one_as_the_other(Type type, Type usedAs) => Assert.True(usedAs.IsAssignableFrom(type));

    // Constants are copied into the client when it is compiled, so no binding would fail over a wrong one.
    [Theory]
    [InlineData(typeof(ArenaFlags), "None 0, ClearAtReset 1, ClearAtDispose 2, PreferUnmanaged 4")]
    [InlineData(typeof(SocketConnectionOptions), "None 0, ZeroLengthReads 1, InlineReads 2, InlineWrites 4")]
    [InlineData(
        typeof(PipeShutdownKind),
        "None 0, PipeDisposed 1, ReadEndOfStream 100, ReadDisposed 101, ReadIOException 102, ReadException 103, "
        + "ReadSocketError 104, ReadFlushCompleted 105, ReadFlushCanceled 106, WriteEndOfStream 200, WriteDisposed 201, "
        + "WriteIOException 203, WriteException 204, WriteSocketError 205, InputReaderCompleted 300, "
        + "InputWriterCompleted 301, OutputReaderCompleted 302, OutputWriterCompleted 303, ProtocolExitClient 400, "
        + "ProtocolExitServer 401")]
    public void Constants_have_the_numbers_that_the_client_was_compiled_with(Type type, string expected)
    {
        IEnumerable<string> actual = Enum.GetValues(type).Cast<Enum>().Select(value => $"{value} {value:D}");

        Assert.Equal(expected, string.Join(", ", actual));
    }

    [Fact]
    public void Asking_for_a_digest_names_the_genuine_package()
    {
        var thrown = Assert.Throws<NotSupportedException>(() => XxHash3.HashToUInt64([1, 2, 3]));

        Assert.Contains("System.IO.Hashing", thrown.Message, StringComparison.Ordinal);
    }
}
