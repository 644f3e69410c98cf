namespace Mdev.Guest.Tests;

/// <summary>Devices written from their data sheets by the model alone, used by a guest.</summary>
public sealed class DataSheetTests
{
    [LabFact]
    public void The_kernels_driver_sets_and_reads_the_lines_of_a_PCI_IDIO_16() => Run("idio-16", "idio-16");

    [LabFact]
    public void A_guest_drives_the_educational_device_and_is_interrupted() =>
        // Memory that the kernel leaves alone, within the 28 bits of address that the device has.
        Run("edu", "edu-1", "--append", "memmap=4M$0x0c000000");

    private static void Run(string device, string type, params string[] options)
    {
        using Card card = Card.FromDataSheet(device, type);
        using Guest guest = Guest.Start(card, Paths.Lab($"scripts/{device}"), options);

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(0, card.Terminate());
    }
}
