using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Dma;

/// <summary>Whole reads and writes of a shared file; what a client has done to the file is a false, never an exception.</summary>
internal static class Transfer
{
    public static bool TryReadFully(SafeFileHandle file, Span<byte> destination, long position)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int n = RandomAccess.Read(file, destination, position);
                if (n == 0)
                    return false;
                destination = destination[n..];
                position += n;
            }
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    public static bool TryWriteFully(SafeFileHandle file, ReadOnlySpan<byte> source, long position)
    {
        try
        {
            // A truncated file would grow again, unseen by the guest: its memory is gone.
            if (position + source.Length > RandomAccess.GetLength(file))
                return false;
            RandomAccess.Write(file, source, position);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }
}
