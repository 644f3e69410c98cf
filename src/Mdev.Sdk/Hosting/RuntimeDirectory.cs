namespace Mdev.Sdk.Hosting;

/// <summary>Where host processes leave their sockets and tools look for them. There is no daemon.</summary>
internal static class RuntimeDirectory
{
    /// <summary><c>$MDEV_RUNTIME_DIR</c>, else <c>$XDG_RUNTIME_DIR/mdev</c>, else <c>/run/mdev</c>.</summary>
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MDEV_RUNTIME_DIR") is { Length: > 0 } own)
                return System.IO.Path.GetFullPath(own);
            if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } user)
                return System.IO.Path.Combine(user, "mdev");
            return "/run/mdev";
        }
    }

    /// <summary>Where an instance listens if nobody says otherwise.</summary>
    public static string SocketOf(Guid uuid) => InDirectory($"{uuid}.sock");

    /// <summary>Where a parent is published and managed.</summary>
    public static string ControlOf(MdevParent parent) => InDirectory($"{parent.Name}.control");

    /// <summary>Where a host process that has one instance alone is published.</summary>
    public static string ControlOf(Guid uuid) => InDirectory($"{uuid}.control");

    private static string InDirectory(string name)
    {
        try
        {
            // Whoever reaches a socket in it has the device: for this user alone.
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Cannot make the runtime directory {Path}: {e.Message} Set MDEV_RUNTIME_DIR to a folder of your own.", e);
        }
        return System.IO.Path.Combine(Path, name);
    }
}
