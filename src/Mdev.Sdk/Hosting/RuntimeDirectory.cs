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
}
