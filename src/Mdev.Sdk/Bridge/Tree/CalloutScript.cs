namespace Mdev.Sdk.Bridge.Tree;

/// <summary>
/// The script that mdevctl asks about what plain files do not tell: an active device's attributes, and their change while it runs
/// (mdevctl(8), call-out event scripts).
/// </summary>
internal static class CalloutScript
{
    // mdevctl takes the first script that knows the device, in the order of names; a vendor's own comes first.
    private const string Name = "90-mdev-sdk";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// Puts the script and the folders mdevctl insists on below <paramref name="root"/>, what it gets as MDEVCTL_ENV_ROOT. Several
    /// processes may do so at once, and tools may run meanwhile.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to another user.</exception>
    public static void Install(string root)
    {
        string scripts = Path.Combine(root, "usr/lib/mdevctl/scripts.d");
        string callouts = Directory.CreateDirectory(Path.Combine(scripts, "callouts")).FullName;
        Directory.CreateDirectory(Path.Combine(scripts, "notifiers"));
        byte[] content = Read();
        string installed = Path.Combine(callouts, Name);
        if (File.Exists(installed) && File.ReadAllBytes(installed).AsSpan().SequenceEqual(content))
            return;
        // Beside the folder of scripts, not in it, where a tool would run the unfinished one.
        string partial = Path.Combine(scripts, $"{Name}.{Environment.ProcessId}");
        File.WriteAllBytes(partial, content);
        File.SetUnixFileMode(partial, Executable);
        File.Move(partial, installed, overwrite: true);
    }

    private static byte[] Read()
    {
        using Stream resource = typeof(CalloutScript).Assembly.GetManifestResourceStream("callout.sh")!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
