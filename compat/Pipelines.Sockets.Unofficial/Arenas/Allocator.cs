namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>
/// The type of <see cref="Arena{T}"/>'s second constructor argument. The one caller passes null, so that no value of it can
/// exist here: an allocator that would be ignored does not compile.
/// </summary>
public sealed class Allocator<T>
{
    private Allocator()
    {
    }
}
