using System.Globalization;
using System.Net.Sockets;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Captures;

namespace Mdev.Tool.Verbs;

/// <summary>Does to a device what a recording says, as its client.</summary>
internal static class Replaying
{
    private const int Same = 0, Different = 1;

    /// <returns>0 if the device answers as the recorded one did, 1 if not.</returns>
    /// <exception cref="MdevException">The recording cannot be read, or the device cannot be attached.</exception>
    public static int Run(Surroundings surroundings, string recording, string socket, bool onlyFirst, CancellationToken cancel)
    {
        CaptureFile file = Read(recording);
        try
        {
            using VfioUserClient client = VfioUserClient.Connect(socket);
            var replay = new CaptureReplay(client);
            int differences = 0;
            foreach (CaptureDifference difference in replay.Run(file))
            {
                surroundings.Output.WriteLine(difference.ToString());
                differences++;
                if (onlyFirst || cancel.IsCancellationRequested)
                    break;
            }
            string skipped = replay.Skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {replay.Skipped} could not be compared");
            surroundings.Tell(string.Create(CultureInfo.InvariantCulture, $"{replay.Accesses} accesses replayed, {differences} answered otherwise{skipped}"));
            return differences == 0 ? Same : Different;
        }
        catch (VfioException e) when (e.Error == Errno.EBUSY)
        {
            throw new MdevException(Errno.EBUSY, $"Somebody uses the device on {socket}; a recording is replayed to one that nobody uses.");
        }
        catch (VfioException e)
        {
            throw new MdevException(e.Error, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException or InvalidDataException or ArgumentException)
        {
            throw new MdevException(Errno.EIO, $"The device on {socket} cannot be reached: {e.Message}");
        }
    }

    private static CaptureFile Read(string recording)
    {
        try
        {
            return CaptureFile.Read(recording);
        }
        catch (InvalidDataException e)
        {
            throw new MdevException(Errno.EINVAL, $"{recording}: {e.Message}");
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            throw FileErrors.Sentence($"Cannot read {recording}", e);
        }
    }
}
