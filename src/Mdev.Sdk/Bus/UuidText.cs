namespace Mdev.Sdk;

/// <summary>UUIDs as management tools write them.</summary>
public static class UuidText
{
    private const int Length = 36;

    /// <summary>Reads a UUID of exactly 36 characters in the form 8-4-4-4-12, of either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="uuid">The UUID.</param>
    /// <returns><see langword="false"/> for anything else.</returns>
    public static bool TryParseExact(ReadOnlySpan<char> text, out Guid uuid)
    {
        uuid = default;
        return text.Length == Length && Guid.TryParseExact(text, "D", out uuid);
    }

    /// <summary>Reads a UUID under the rule of the kernel's <c>create</c> file.</summary>
    /// <param name="text">
    /// 36 characters in the form 8-4-4-4-12, of either case, and possibly one more, which is not looked at (it is where a
    /// new line stands). Source: drivers/vfio/mdev/mdev_sysfs.c, create_store.
    /// </param>
    /// <param name="uuid">The UUID.</param>
    /// <returns><see langword="false"/> for anything else: EINVAL.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid uuid)
    {
        uuid = default;
        return text.Length is Length or Length + 1 && TryParseExact(text[..Length], out uuid);
    }
}
