namespace Mdev.Guest.Tests;

/// <summary>What a card's process holds of its clients: what must be as before when one has gone.</summary>
/// <param name="Descriptors">Open descriptors.</param>
/// <param name="Threads">Threads that serve clients; one in reserve and .NET's own come and go as they like.</param>
/// <param name="GuestMemory">Pieces of guest memory among the descriptors, and mapped.</param>
internal sealed record Holdings(int Descriptors, int Threads, int GuestMemory)
{
    public static Holdings Of(int process)
    {
        string[] descriptors = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        return new(
            descriptors.Length,
            Directory.GetFileSystemEntries($"/proc/{process}/task").Count(ServesClient),
            descriptors.Select(path => new FileInfo(path).LinkTarget).Concat(File.ReadLines($"/proc/{process}/maps")).Count(IsGuestMemory));
    }

    /// <summary>Whether there is no more than at another time. It may be less: the last guest ends.</summary>
    public bool IsWithin(Holdings other) =>
        Descriptors <= other.Descriptors && Threads <= other.Threads && GuestMemory <= other.GuestMemory;

    // By the name that the server gives it. One that ends meanwhile has none left.
    private static bool ServesClient(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Join(thread, "comm")).StartsWith("mdev/", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // By the name that QEMU gives it.
    private static bool IsGuestMemory(string? name) => name?.Contains("memfd:memory-backend-memfd", StringComparison.Ordinal) == true;
}
