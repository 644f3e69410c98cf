using System.Globalization;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>Memory's bytes, as far as they are not zero: of large memory that nobody has touched next to nothing is saved.</summary>
public abstract unsafe partial class DeviceMemory
{
    // The same on every machine, whatever its pages are.
    private const int Page = 4096;
    private const uint NoMore = uint.MaxValue;

    /// <summary>Writes how many bytes there are, and each page that is not zero: its number, and its bytes.</summary>
    internal virtual void SaveState(StateWriter writer)
    {
        writer.Write(sizeof(long), (ulong)Capacity);
        for (long page = NextPage(0); page >= 0; page = NextPage(page + 1))
        {
            // The guest writes to it meanwhile, where it is mapped: what is tested and what is saved may differ, which does no harm.
            ReadOnlySpan<byte> bytes = Bytes(page * Page, BytesOf(page));
            if (!bytes.ContainsAnyExcept((byte)0))
                continue;
            writer.Write(sizeof(uint), (ulong)page);
            writer.Write(bytes);
        }

        writer.Write(sizeof(uint), NoMore);
    }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote. What is in none of its pages becomes zero.</summary>
    internal virtual void LoadState(ref StateReader reader)
    {
        reader.Next(sizeof(long), out ulong capacity);
        if (!reader.Fails && capacity != (ulong)Capacity)
        {
            reader.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"Memory has {Capacity} bytes here, and {capacity} in the saved state."));
        }

        if (reader.Applies)
            Clear();
        for (long least = 0; !reader.Fails; least++)
        {
            reader.Next(sizeof(uint), out ulong page);
            if (reader.Fails || page == NoMore)
                return;
            if ((long)page < least || (long)page > (Capacity - 1) / Page)
            {
                reader.Refuse("The saved state has a page of memory that is not there, or not in its place.");
                return;
            }

            least = (long)page;
            if (reader.Next(BytesOf(least), out ReadOnlySpan<byte> bytes))
                bytes.CopyTo(Bytes(least * Page, bytes.Length));
        }
    }

    // The last page may not be whole.
    private int BytesOf(long page) => (int)Math.Min(Page, Capacity - (page * Page));

    // The first page from this one on of which anything may be there; negative for none.
    private long NextPage(long page)
    {
        if (page > (Capacity - 1) / Page)
            return -1;
        ulong origin = (ulong)(At(0, 0) - _memory!.Start);
        long found = _memory.NextUsed(origin + (ulong)(page * Page)) is { } next ? Math.Max((long)(next - origin) / Page, page) : -1;
        return found > (Capacity - 1) / Page ? -1 : found;
    }
}
